package io.nightjar.report.comparison.output;

import io.nightjar.report.Numbers;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.ImageChange;
import io.nightjar.report.comparison.Ranking;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Sentence;
import io.nightjar.report.comparison.Setting;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison as Markdown, for a comment on a merge request. */
public final class ComparisonMarkdown {
  private static final int CHANGES = 3;

  private final StringBuilder out = new StringBuilder();

  private ComparisonMarkdown() {}

  /** The document; what the runs are called is escaped, and addresses are redacted. */
  public static String write(ComparisonReport report) {
    ComparisonMarkdown markdown = new ComparisonMarkdown();
    markdown.line("## Nightjar: " + (report.passed() ? "passed" : "not passed"));
    markdown.line("");
    markdown.line(escaped(report.sentence()));
    markdown.line("");
    report.notes().forEach(note -> markdown.line("- " + escaped(note)));
    for (int i = 0; i < report.comparisons().size(); i++) {
      markdown.comparison(report.comparisons().get(i), report.outcomes().get(i));
    }
    report.ranking().ifPresent(markdown::ranking);
    return Addresses.redacted(markdown.out.toString());
  }

  private void comparison(RunComparison runs, Gate.Outcome outcome) {
    line(
        Text.format(
            "%s compared with the baseline %s",
            code(runs.candidate().uri()), code(runs.baseline().uri())));
    line("");
    line("| category | figure | baseline | candidate | difference | interval | verdict |");
    line("|---|---|--:|--:|--:|---|---|");
    for (CategoryComparison category : runs.categories()) {
      if (category.deciding().isEmpty()) {
        line(
            Text.format(
                "| %s | | | | | | **%s** |",
                escaped(category.category()), category.verdict().word()));
      }
      category.deciding().forEach(figure -> row(escaped(category.category()), figure));
    }
    runs.mean().forEach(figure -> row("*mean*", figure));
    line("");
    outcome.byCategory().forEach((name, reasons) -> reasons.forEach(this::reason));
    outcome.ofRun().forEach(this::reason);
    for (String note : runs.notes()) {
      line("- " + escaped(note));
    }
    for (CategoryComparison category : runs.categories()) {
      category.notes().forEach(note -> line("- " + escaped(category.category() + ": " + note)));
    }
    changes(runs);
    settings(runs.differs());
    line("");
  }

  private void reason(String reason) {
    line("- **Not passed:** " + escaped(reason));
  }

  private void row(String name, FigureComparison figure) {
    line(
        Text.format(
            "| %s | %s | %s | %s | %s | %s | %s%s |",
            name,
            escaped(figure.figure().labelInSentence()),
            Numbers.metric(figure.baseline()),
            Numbers.metric(figure.candidate()),
            Numbers.difference(figure.difference()),
            figure.test().map(Sentence::interval).orElse("-"),
            figure.verdict().word(),
            figure.neededImages().isPresent()
                ? Text.format(
                    " (about %s images to decide)",
                    Numbers.count(figure.neededImages().getAsLong()))
                : ""));
  }

  private void changes(RunComparison runs) {
    List<String> worst =
        runs.categories().stream()
            .flatMap(
                category ->
                    category.changes().stream()
                        .filter(change -> change.change() < 0)
                        .limit(CHANGES)
                        .map(change -> change(category.category(), change)))
            .toList();
    if (!worst.isEmpty()) {
      line("");
      line("<details><summary>Images that became worse</summary>");
      line("");
      worst.forEach(this::line);
      line("");
      line("</details>");
    }
  }

  private static String change(String category, ImageChange change) {
    return Text.format(
        "- %s %s: %s from %.4f to %.4f",
        escaped(category),
        code(change.pair().baseline().path()),
        change.ownAuprc() ? "own AUPRC" : "on the right side of",
        change.baseline(),
        change.candidate());
  }

  private void settings(List<Setting> differs) {
    if (differs.isEmpty()) {
      return;
    }
    line("");
    line(Text.format("<details><summary>%d settings differ</summary>", differs.size()));
    line("");
    line("| setting | baseline | candidate |");
    line("|---|---|---|");
    differs.forEach(
        setting ->
            line(
                Text.format(
                    "| %s | %s | %s |",
                    escaped(setting.name()),
                    escaped(setting.baseline()),
                    escaped(setting.candidate()))));
    line("");
    line("</details>");
  }

  private void ranking(Ranking ranking) {
    List<Double> means = ranking.ranks().meanRanks();
    line(
        Text.format(
            "Mean ranks by %s over %d categories; ranks closer than %.2f do not differ (Nemenyi):",
            ranking.figure().labelInSentence(),
            ranking.categories().size(),
            ranking.ranks().criticalDifference()));
    line("");
    line(
        IntStream.range(0, means.size())
            .boxed()
            .sorted(Comparator.comparingDouble(means::get))
            .map(i -> Text.format("%.2f %s", means.get(i), code(ranking.runs().get(i))))
            .collect(Collectors.joining(", ")));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Text that Markdown and HTML leave as it is. */
  private static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|#!~@])", "\\\\$1");
  }

  private static String code(String text) {
    return "`" + text.replaceAll("[\\p{Cntrl}`|]", " ") + "`";
  }
}
