package io.nightjar.report.console;

import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.Numbers;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.Ranking;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Sentence;
import io.nightjar.report.comparison.Setting;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A comparison of runs as text for a console, in ASCII; the last line says whether it passed. */
public final class ComparisonTable {
  private static final int SETTINGS = 12;

  private final StringBuilder out = new StringBuilder();
  private final Ansi ansi;

  private ComparisonTable(Ansi ansi) {
    this.ansi = ansi;
  }

  /**
   * The whole text.
   *
   * @param colours whether the console shows ANSI colours
   */
  public static String render(ComparisonReport report, boolean colours) {
    ComparisonTable table = new ComparisonTable(colours ? Ansi.COLOURED : Ansi.PLAIN);
    report.notes().forEach(note -> table.line(ResultTable.safe(note)));
    for (int i = 0; i < report.comparisons().size(); i++) {
      table.comparison(report.comparisons().get(i), report.outcomes().get(i), report);
    }
    report.ranking().ifPresent(table::ranking);
    table.line(
        Text.format(
            "Intervals hold %s %% of %d paired resamples of the test images; same: within %s.",
            Numbers.fixed(100 * (1 - report.options().alpha()), 0),
            report.options().resamples(),
            report.options().tolerance()));
    String last = ResultTable.safe(report.sentence());
    table.line(report.passed() ? table.ansi.bold(last) : table.ansi.red(last));
    return table.out.toString();
  }

  private void comparison(RunComparison runs, Gate.Outcome outcome, ComparisonReport report) {
    line(ansi.bold("baseline:  " + ResultTable.safe(runs.baseline().uri())));
    line(ansi.bold("candidate: " + ResultTable.safe(runs.candidate().uri())));
    line("");
    TextColumns columns = new TextColumns();
    columns.add("category", "", false);
    columns.add("figure", "", false);
    columns.add("baseline", "", true);
    columns.add("candidate", "", true);
    columns.add("difference", "", true);
    columns.add("interval", "", false);
    columns.add("verdict", "", false);
    columns.add("", "", false);
    List<List<String>> rows = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (CategoryComparison category : runs.categories()) {
      if (category.deciding().isEmpty()) {
        rows.add(
            List.of(
                ResultTable.safe(category.category()),
                "",
                "",
                "",
                "",
                "",
                category.verdict().word(),
                ""));
        verdicts.add(category.verdict());
      }
      for (FigureComparison figure : category.deciding()) {
        rows.add(row(ResultTable.safe(category.category()), figure));
        verdicts.add(figure.verdict());
      }
    }
    List<List<String>> means = runs.mean().stream().map(figure -> row("mean", figure)).toList();
    List<List<String>> all = new ArrayList<>(rows);
    all.addAll(means);
    columns.fit(all);
    line(ansi.bold(columns.upperHeader()));
    line(columns.rule());
    for (int i = 0; i < rows.size(); i++) {
      String text = columns.format(rows.get(i));
      line(verdicts.get(i).compareTo(Verdict.WORSE) <= 0 ? ansi.red(text) : text);
    }
    line(columns.rule());
    means.forEach(row -> line(columns.format(row)));
    line("");
    notes(runs);
    settings(runs);
    if (report.comparisons().size() > 1) {
      line(ResultTable.safe(outcome.sentence()));
      line("");
    }
  }

  private static List<String> row(String name, FigureComparison figure) {
    return List.of(
        name,
        figure.figure().labelInSentence(),
        Numbers.metric(figure.baseline()),
        Numbers.metric(figure.candidate()),
        Numbers.difference(figure.difference()),
        figure.test().map(Sentence::interval).orElse("-"),
        figure.verdict().word(),
        figure.neededImages().isPresent()
            ? Text.format(
                "about %s images to decide", Numbers.count(figure.neededImages().getAsLong()))
            : "");
  }

  private void notes(RunComparison runs) {
    runs.notes().forEach(note -> line(ResultTable.safe(note)));
    for (CategoryComparison category : runs.categories()) {
      category.notes().forEach(note -> line(ResultTable.safe(category.category() + ": " + note)));
    }
    runs.meanWithout()
        .forEach(
            (figure, without) ->
                line(
                    ResultTable.safe(
                        Text.format(
                            "The mean of %s leaves out %s.", figure, String.join(", ", without)))));
  }

  private void settings(RunComparison runs) {
    List<Setting> differs = runs.differs();
    differs.stream()
        .limit(SETTINGS)
        .forEach(
            setting ->
                line(
                    ResultTable.safe(
                        Text.format(
                            "%s: %s, then %s",
                            setting.name(),
                            shown(setting.baseline()),
                            shown(setting.candidate())))));
    if (differs.size() > SETTINGS) {
      line(Text.format("and %d more settings differ", differs.size() - SETTINGS));
    }
    if (!differs.isEmpty()) {
      line("");
    }
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(none)" : value;
  }

  private void ranking(Ranking ranking) {
    line(
        ansi.bold(
            Text.format(
                "Mean ranks by %s over %d categories",
                ranking.figure().labelInSentence(), ranking.categories().size())));
    List<Double> means = ranking.ranks().meanRanks();
    IntStream.range(0, means.size())
        .boxed()
        .sorted(Comparator.comparingDouble(means::get))
        .forEach(
            i ->
                line(
                    Text.format("%6.2f  ", means.get(i))
                        + ResultTable.safe(ranking.runs().get(i))));
    line(
        Text.format(
            "Friedman p = %.4g (Iman-Davenport %.4g); ranks closer than %.2f do not differ (Nemenyi).",
            ranking.ranks().pChiSquared(),
            ranking.ranks().pF(),
            ranking.ranks().criticalDifference()));
    line("");
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
