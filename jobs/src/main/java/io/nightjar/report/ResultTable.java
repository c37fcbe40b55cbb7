package io.nightjar.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

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
    TextColumns columns = new TextColumns();
    columns.add("", "category", false);
    columns.add("", "images", true);
    columns.add("quaran-", "tined", true);
    columns.add("compo-", "nents", true);
    columns.add("bank", "rows", true);
    columns.add("pixel", "AUPRC", true);
    columns.add("pixel", "AUROC", true);
    columns.add("image", "AUROC", true);
    columns.add("", "seconds", true);
    if (comparison.published().isPresent()) {
      columns.add("published", PublishedResults.RESNET50_KNN, true);
      columns.add("", "difference", true);
      columns.add("published", PublishedResults.PATCHCORE_UNIFIED, true);
    }
    List<List<String>> rows = report.categories().stream().map(this::row).toList();
    List<String> mean = meanRow();
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

  private List<String> row(CategoryResult c) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                safe(c.category()),
                c.trainImages() + "+" + c.testImages(),
                Integer.toString(c.quarantined().size()),
                Integer.toString(c.components()),
                Numbers.count(c.bankRows()),
                metric(c.pixelAuprc()),
                metric(c.pixelAuroc()),
                metric(c.imageAuroc()),
                Numbers.fixed(c.seconds(), 1)));
    if (comparison.published().isPresent()) {
      cells.add(Numbers.published(comparison.figure(c, PublishedResults.RESNET50_KNN)));
      cells.add(Numbers.difference(comparison.difference(c, PublishedResults.RESNET50_KNN)));
      cells.add(Numbers.published(comparison.figure(c, PublishedResults.PATCHCORE_UNIFIED)));
    }
    return cells;
  }

  private List<String> meanRow() {
    OptionalDouble seconds =
        report.categories().stream().mapToDouble(CategoryResult::seconds).average();
    List<String> cells =
        new ArrayList<>(
            List.of(
                "mean",
                "",
                "",
                "",
                "",
                metric(ReportedMetric.PIXEL_AUPRC.mean(report)),
                metric(ReportedMetric.PIXEL_AUROC.mean(report)),
                metric(ReportedMetric.IMAGE_AUROC.mean(report)),
                Numbers.fixed(seconds.orElseThrow(), 1)));
    if (comparison.published().isPresent()) {
      cells.add(Numbers.published(comparison.mean(report, PublishedResults.RESNET50_KNN)));
      cells.add(
          Numbers.difference(comparison.meanDifference(report, PublishedResults.RESNET50_KNN)));
      cells.add(Numbers.published(comparison.mean(report, PublishedResults.PATCHCORE_UNIFIED)));
    }
    return cells;
  }

  /** Figures under a warning carry a star, so that a copied line still carries it. */
  private String metric(OptionalMetric metric) {
    String star = report.run().warnings().isEmpty() ? "" : metric.isPresent() ? "*" : " ";
    return Numbers.metric(metric.value()) + star;
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
    line("images: train+test; AUPRC: step-wise average precision; resolution: " + resolutions);
    if (comparison.published().isEmpty()) {
      line("No published figures beside these: " + safe(comparison.reason()));
    } else {
      line("published: pixel AUPRC; difference: ours minus " + PublishedResults.RESNET50_KNN);
    }
    int evaluated = report.categories().size();
    int shared = comparison.shared(report).size();
    if (comparison.published().isPresent() && shared < evaluated) {
      line(
          "Published means and differences: over %s of %s categories".formatted(shared, evaluated));
    }
    for (ReportedMetric metric : ReportedMetric.values()) {
      for (CategoryResult category : report.categories()) {
        if (!metric.of(category).isPresent()) {
          line(
              "%s has no %s: %s"
                  .formatted(
                      safe(category.category()),
                      metric.labelInSentence(),
                      safe(metric.of(category).reason())));
        }
      }
    }
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
            "%s of %s categories failed and %s not part of the mean:"
                .formatted(
                    failed, failed + report.categories().size(), failed == 1 ? "is" : "are")));
    report.failed().forEach(f -> line("  " + safe(f.category()) + ": " + safe(f.reason())));
  }

  private void quarantines() {
    List<EvaluationReport.Quarantine> quarantines = report.quarantines().toList();
    if (quarantines.isEmpty()) {
      return;
    }
    int files = quarantines.stream().mapToInt(q -> q.files().size()).sum();
    line("");
    line(ansi.yellow(Numbers.counted(files, "file was", "files were") + " quarantined:"));
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
  private static String safe(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
