package io.nightjar.report.console;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.AbsentMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.RunInfo;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.List;

/** The result of a run as text for a console of about 125 columns, in ASCII. */
public final class ResultTable {
  private static final int QUARANTINED_SHOWN = 5;

  private final EvaluationReport report;
  private final Comparison comparison;
  private final Ansi ansi;
  private final StringBuilder out = new StringBuilder();

  private ResultTable(EvaluationReport report, Comparison comparison, Ansi ansi) {
    this.report = report;
    this.comparison = comparison;
    this.ansi = ansi;
  }

  /**
   * The whole text: warnings, the table with the mean, what failed and what was left out.
   *
   * @param ansi whether the console shows ANSI colours
   */
  public static String render(EvaluationReport report, Comparison comparison, boolean ansi) {
    ResultTable table =
        new ResultTable(report, comparison.appliedTo(report), ansi ? Ansi.COLOURED : Ansi.PLAIN);
    table.heading();
    table.figures();
    table.explanations();
    table.wallTime();
    table.failures();
    table.quarantines();
    return table.out.toString();
  }

  private void heading() {
    line(ansi.bold(safe(report.run().title())));
    for (String warning : report.run().warnings()) {
      line(ansi.yellow("WARNING: " + safe(warning)));
    }
    line("");
  }

  private void figures() {
    if (report.categories().isEmpty()) {
      line("No category has a result.");
      return;
    }
    List<ResultColumns.Column> contents = ResultColumns.of(report, comparison);
    TextColumns columns = new TextColumns();
    for (int i = 0; i < contents.size(); i++) {
      columns.add(contents.get(i).upper(), contents.get(i).lower(), i > 0);
    }
    List<List<String>> rows =
        report.categories().stream()
            .map(c -> contents.stream().map(column -> column.cell().apply(c)).toList())
            .toList();
    List<String> mean = contents.stream().map(ResultColumns.Column::mean).toList();
    columns.fit(rows);
    columns.fit(List.of(mean));
    line(ansi.bold(columns.upperHeader()));
    line(ansi.bold(columns.lowerHeader()));
    line(columns.rule());
    rows.forEach(row -> line(columns.format(row)));
    line(columns.rule());
    line(ansi.bold(columns.format(mean)));
    line("");
  }

  private void explanations() {
    if (report.categories().isEmpty()) {
      return;
    }
    if (!report.run().warnings().isEmpty()) {
      line(ansi.yellow("* Read the warning above before this figure."));
    }
    String resolutions =
        report.categories().stream()
            .map(CategoryResult::resolution)
            .distinct()
            .collect(joining(", "));
    boolean trained = report.categories().stream().anyMatch(c -> c.trainImages() > 0);
    boolean bootstrapped =
        report.categories().stream()
            .anyMatch(c -> ReportedInterval.PIXEL_AUPRC_CI95.of(c).isPresent());
    line(
        Text.format(
            "%sAUPRC: step-wise average precision%s; resolution: %s",
            trained ? "images: train+test; " : "images: test; ",
            bootstrapped ? "; interval: bootstrap over test images" : "",
            safe(resolutions)));
    if (comparison.published().isEmpty()) {
      line("No published results to compare with: " + safe(comparison.reason()));
    } else {
      line(
          Text.format(
              "%1$s, %2$s: their published pixel AUPRC; difference: ours minus %1$s",
              PublishedResults.RESNET50_KNN, PublishedResults.PATCHCORE_UNIFIED));
    }
    int evaluated = report.categories().size();
    int shared = comparison.shared(report).size();
    if (comparison.published().isPresent() && shared < evaluated) {
      line(
          Text.format(
              "Published means and differences: over %s of %s categories", shared, evaluated));
    }
    for (CategoryResult category : report.categories()) {
      AbsentMetrics.byReason(category)
          .forEach(
              (reason, names) ->
                  line(
                      Text.format(
                          "%s has no %s: %s", safe(category.category()), names, safe(reason))));
    }
    AbsentMetrics.sentencesOfMeans(report).forEach(sentence -> line(safe(sentence)));
    report
        .categories()
        .forEach(c -> c.notes().forEach(n -> line(safe(c.category()) + ": " + safe(n))));
  }

  private void wallTime() {
    if (report.run().details().get(RunInfo.WALL_SECONDS) instanceof Number wall) {
      line("wall time: " + Numbers.duration(wall.doubleValue()));
    }
  }

  private void failures() {
    if (report.failed().isEmpty()) {
      return;
    }
    int failed = report.failed().size();
    line("");
    line(
        ansi.red(
            Text.format(
                "%s of %s categories failed and %s not part of the mean:",
                failed, failed + report.categories().size(), failed == 1 ? "is" : "are")));
    report.failed().forEach(f -> line("  " + safe(f.category()) + ": " + safe(f.reason())));
  }

  private void quarantines() {
    List<EvaluationReport.Quarantine> quarantines = report.quarantines().toList();
    if (quarantines.isEmpty()) {
      return;
    }
    line("");
    line(ansi.yellow(report.quarantined() + " quarantined:"));
    for (EvaluationReport.Quarantine quarantine : quarantines) {
      line("  " + safe(quarantine.category()) + ":");
      quarantine.files().stream()
          .limit(QUARANTINED_SHOWN)
          .forEach(f -> line("    " + safe(f.path()) + ": " + safe(f.reason())));
      int more = quarantine.files().size() - QUARANTINED_SHOWN;
      if (more > 0) {
        line("    and " + more + " more, all of them in metrics.json");
      }
    }
  }

  private void line(String text) {
    out.append(text.stripTrailing()).append('\n');
  }

  /** File names may hold anything; a console must not obey it. */
  static String safe(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
