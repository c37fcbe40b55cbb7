package io.nightjar.report.html;

import io.nightjar.report.AbsentMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of the run's own figures: the pixel AUPRC with a bar, then further figures.
 *
 * @param first the label of the figure with a bar
 * @param labels of the figures after it
 * @param trained whether there is a column of training images
 * @param whiskers whether a bar has a confidence interval
 * @param rows one for each category
 * @param mean over them
 * @param partial sentences that name the categories that a mean leaves out
 */
public record ResultsTable(
    String first,
    List<String> labels,
    boolean trained,
    boolean whiskers,
    List<Row> rows,
    Mean mean,
    List<String> partial) {

  /** The figures next to the pixel AUPRC; the cards show the others. */
  private static final List<ReportedMetric> SHOWN =
      List.of(
          ReportedMetric.AUPRO_30,
          ReportedMetric.AUPIMO,
          ReportedMetric.PIXEL_BEST_F1,
          ReportedMetric.PIXEL_AUROC,
          ReportedMetric.IMAGE_AUROC,
          ReportedMetric.IMAGE_AP);

  /**
   * A category.
   *
   * @param anchor names its card on the page
   * @param incomplete whether files of it were quarantined
   */
  public record Row(
      String anchor,
      String category,
      Figure auprc,
      Optional<Bar> bar,
      List<Figure> figures,
      String trainImages,
      String testImages,
      boolean incomplete,
      String quarantined,
      Figure seconds) {}

  /** The last row. */
  public record Mean(Figure auprc, Optional<Bar> bar, List<Figure> figures, String seconds) {}

  /** The table of a report with at least one category. */
  static ResultsTable of(EvaluationReport report) {
    List<Row> rows = new ArrayList<>();
    for (CategoryResult category : report.categories()) {
      rows.add(row(category, shown(report), Card.anchor(rows.size())));
    }
    return new ResultsTable(
        ReportedMetric.PIXEL_AUPRC.label(),
        shown(report).map(ReportedMetric::label).toList(),
        report.categories().stream().anyMatch(c -> c.trainImages() > 0),
        report.categories().stream()
            .anyMatch(c -> ReportedInterval.PIXEL_AUPRC_CI95.of(c).isPresent()),
        rows,
        mean(report),
        AbsentMetrics.sentencesOfMeans(report));
  }

  /** With the figures that only some data sets have. */
  private static Stream<ReportedMetric> shown(EvaluationReport report) {
    return Stream.concat(
        SHOWN.stream(),
        Stream.of(ReportedMetric.AU_SPRO_05, ReportedMetric.ITEM_AUROC)
            .filter(metric -> metric.isReportedIn(report)));
  }

  private static Row row(CategoryResult c, Stream<ReportedMetric> shown, String anchor) {
    return new Row(
        anchor,
        c.category(),
        Figure.of(c.pixelAuprc()),
        Bar.of(c.pixelAuprc(), ReportedInterval.PIXEL_AUPRC_CI95.of(c)),
        shown.map(metric -> Figure.of(metric.of(c))).toList(),
        Numbers.count(c.trainImages()),
        Numbers.count(c.testImages()),
        !c.quarantined().isEmpty(),
        Numbers.count(c.quarantined().size()),
        Figure.seconds(c.seconds()));
  }

  private static Mean mean(EvaluationReport report) {
    OptionalMetric auprc = ReportedMetric.PIXEL_AUPRC.mean(report);
    double seconds =
        report.categories().stream().mapToDouble(CategoryResult::seconds).average().orElseThrow();
    return new Mean(
        Figure.of(auprc),
        Bar.of(auprc),
        shown(report).map(metric -> Figure.of(metric.mean(report))).toList(),
        Numbers.fixed(seconds, 1));
  }
}
