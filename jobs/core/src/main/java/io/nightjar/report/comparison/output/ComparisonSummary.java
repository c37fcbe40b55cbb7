package io.nightjar.report.comparison.output;

import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Setting;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.BaselineSummary.Change;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comparison of one run with its baseline, as the run's own page shows it. */
public final class ComparisonSummary {
  /** A longer list is cut; the page of the comparison has all. */
  private static final int MOST_SETTINGS = 12;

  private ComparisonSummary() {}

  /** The summary of a comparison whose first candidate is the run. */
  public static BaselineSummary of(ComparisonReport report) {
    RunComparison runs = report.comparisons().get(0);
    Gate.Outcome outcome = report.outcomes().get(0);
    List<Change> changes = new ArrayList<>();
    for (CategoryComparison category : runs.categories()) {
      if (category.deciding().isEmpty()) {
        changes.add(
            new Change(
                category.category(),
                "",
                "",
                "",
                "",
                category.verdict().word(),
                ComparisonPage.style(category.verdict())));
      }
      category.deciding().forEach(figure -> changes.add(change(category.category(), figure)));
    }
    Set<ReportedMetric> deciding =
        runs.categories().stream()
            .flatMap(category -> category.deciding().stream())
            .map(FigureComparison::figure)
            .collect(Collectors.toSet());
    runs.mean().stream()
        .filter(figure -> deciding.contains(figure.figure()))
        .forEach(figure -> changes.add(change("mean", figure)));
    return new BaselineSummary(
        outcome.passed() ? BaselineSummary.State.PASSED : BaselineSummary.State.NOT_PASSED,
        outcome.sentence(),
        runs.baseline().uri(),
        Numbers.minute(runs.baseline().started()),
        Stream.concat(
                outcome.byCategory().values().stream().flatMap(List::stream),
                outcome.ofRun().stream())
            .toList(),
        changes,
        settings(runs.differs()),
        ReportFiles.COMPARE_HTML);
  }

  private static Change change(String category, FigureComparison figure) {
    return new Change(
        category,
        figure.figure().label(),
        Numbers.metric(figure.baseline()),
        Numbers.metric(figure.candidate()),
        Numbers.difference(figure.difference()),
        figure.verdict().word(),
        ComparisonPage.style(figure.verdict()));
  }

  private static List<String> settings(List<Setting> differs) {
    List<String> settings = new ArrayList<>();
    differs.stream()
        .limit(MOST_SETTINGS)
        .forEach(
            setting ->
                settings.add(
                    Text.format(
                        "%s: %s, now %s",
                        setting.name(), value(setting.baseline()), value(setting.candidate()))));
    if (differs.size() > MOST_SETTINGS) {
      settings.add(Text.format("and %d more", differs.size() - MOST_SETTINGS));
    }
    return settings;
  }

  private static String value(String text) {
    return text.isEmpty() ? "nothing" : text;
  }
}
