package io.nightjar.report.console;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/** The columns of the console's table; one without anything to say is left out. */
final class ResultColumns {
  private final EvaluationReport report;
  private final Comparison comparison;
  private final List<Column> columns = new ArrayList<>();

  /**
   * A column.
   *
   * @param upper the header's first line
   * @param lower its second
   * @param mean the cell of the last row
   */
  record Column(String upper, String lower, Function<CategoryResult, String> cell, String mean) {}

  private ResultColumns(EvaluationReport report, Comparison comparison) {
    this.report = report;
    this.comparison = comparison;
  }

  /** The columns of a report that has categories, the first being their names. */
  public static List<Column> of(EvaluationReport report, Comparison comparison) {
    ResultColumns table = new ResultColumns(report, comparison);
    table.material();
    table.figures();
    table.published();
    return table.columns;
  }

  private void material() {
    add("", "category", c -> ResultTable.safe(c.category()), "mean");
    boolean trained = any(c -> c.trainImages() > 0);
    add(
        "",
        "images",
        c -> trained ? c.trainImages() + "+" + c.testImages() : Integer.toString(c.testImages()),
        "");
    if (any(c -> !c.quarantined().isEmpty())) {
      add("left", "out", c -> Integer.toString(c.quarantined().size()), "");
    }
    if (any(c -> c.components() > 0)) {
      add("compo-", "nents", c -> Integer.toString(c.components()), "");
    }
    if (any(c -> c.bankRows() > 0)) {
      add("bank", "rows", c -> Numbers.count(c.bankRows()), "");
    }
  }

  /** What an inspection engineer asks first: where the defects are, and which parts are bad. */
  private void figures() {
    metric("pixel", "AUPRC", ReportedMetric.PIXEL_AUPRC);
    if (any(c -> ReportedInterval.PIXEL_AUPRC_CI95.of(c).isPresent())) {
      add("95 %", "interval", c -> interval(ReportedInterval.PIXEL_AUPRC_CI95.of(c)), "");
    }
    metric("AUPRO", "0.30", ReportedMetric.AUPRO_30);
    metric("AU-sPRO", "0.05", ReportedMetric.AU_SPRO_05);
    metric("pixel", "AUROC", ReportedMetric.PIXEL_AUROC);
    metric("image", "AUROC", ReportedMetric.IMAGE_AUROC);
    metric("item", "AUROC", ReportedMetric.ITEM_AUROC);
    OptionalDouble seconds =
        report.categories().stream().mapToDouble(CategoryResult::seconds).average();
    add("", "seconds", c -> Numbers.fixed(c.seconds(), 1), Numbers.fixed(seconds.orElseThrow(), 1));
  }

  private void published() {
    if (comparison.published().isEmpty()) {
      return;
    }
    String knn = PublishedResults.RESNET50_KNN;
    String patchcore = PublishedResults.PATCHCORE_UNIFIED;
    add(
        "resnet50_",
        "knn",
        c -> Numbers.published(comparison.figure(c, knn)),
        Numbers.published(comparison.mean(report, knn)));
    add(
        "differ-",
        "ence",
        c -> Numbers.difference(comparison.difference(c, knn)),
        Numbers.difference(comparison.meanDifference(report, knn)));
    add(
        "patchcore_",
        "unified",
        c -> Numbers.published(comparison.figure(c, patchcore)),
        Numbers.published(comparison.mean(report, patchcore)));
  }

  private void metric(String upper, String lower, ReportedMetric metric) {
    if (any(c -> metric.of(c).isPresent()) || metric == ReportedMetric.PIXEL_AUPRC) {
      add(upper, lower, c -> starred(metric.of(c)), starred(metric.mean(report)));
    }
  }

  private void add(String upper, String lower, Function<CategoryResult, String> cell, String mean) {
    columns.add(new Column(upper, lower, cell, mean));
  }

  private boolean any(Predicate<CategoryResult> has) {
    return report.categories().stream().anyMatch(has);
  }

  /** Figures under a warning carry a star, so that a copied line still carries it. */
  private String starred(OptionalMetric metric) {
    String star = report.run().warnings().isEmpty() ? "" : metric.isPresent() ? "*" : " ";
    return Numbers.metric(metric.value()) + star;
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> Numbers.fixed(i.lower(), 3) + "-" + Numbers.fixed(i.upper(), 3))
        .orElse("-");
  }
}
