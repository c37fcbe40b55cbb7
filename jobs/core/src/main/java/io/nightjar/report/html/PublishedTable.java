package io.nightjar.report.html;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The run's pixel AUPRC next to published results, as a chart and as a table.
 *
 * @param methods the names of the published methods, each in the parts between which a line may
 *     break
 * @param rows the categories that have a figure of the run's and a published one
 * @param mean over these categories
 * @param partial says that the run has other categories, too; empty where it has none
 * @param sources of the published results
 */
public record PublishedTable(
    List<List<String>> methods, List<Row> rows, Row mean, String partial, List<String> sources) {

  /**
   * A category, or the mean.
   *
   * @param marks the chart's marks of published figures
   * @param x where the chart has the mark of this run
   * @param own this run's figure
   * @param difference from the method that this run follows
   * @param cells the published figures, in the order of the methods
   */
  public record Row(
      String category,
      List<Mark> marks,
      String x,
      Figure own,
      Optional<Difference> difference,
      List<Cell> cells) {}

  /** A published figure in the table; the best of a category is highlighted. */
  public record Cell(Figure figure, boolean best) {}

  /**
   * A published figure in the chart.
   *
   * @param x its place, in percent of the chart's width
   * @param title the method and its figure
   */
  public record Mark(Shape shape, String x, String title) {}

  /** How a method's mark looks. */
  public enum Shape {
    BASELINE,
    PATCHCORE,
    OTHER
  }

  /** The table of a comparison with published results that share a category with the report. */
  static PublishedTable of(
      EvaluationReport report, Comparison comparison, PublishedResults published) {
    List<CategoryResult> shared = comparison.shared(report);
    int all = report.categories().size();
    return new PublishedTable(
        published.methods().stream().map(m -> Arrays.asList(m.split("(?<=_)"))).toList(),
        shared.stream().map(category -> row(category, comparison, published)).toList(),
        mean(report, comparison, published, shared),
        shared.size() < all
            ? Text.format(
                "Here are the %s of %s categories that have a pixel AUPRC and a published one; the mean is theirs.",
                shared.size(), all)
            : "",
        published.sources());
  }

  private static Row row(
      CategoryResult category, Comparison comparison, PublishedResults published) {
    double best =
        published.methods().stream()
            .map(method -> comparison.figure(category, method))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max()
            .orElseThrow();
    return new Row(
        category.category(),
        published.methods().stream()
            .filter(method -> comparison.figure(category, method).isPresent())
            .map(method -> mark(method, comparison.figure(category, method).getAsDouble()))
            .toList(),
        Bar.percent(category.pixelAuprc().get()),
        Figure.of(category.pixelAuprc()),
        Difference.of(comparison.difference(category, PublishedResults.RESNET50_KNN)),
        published.methods().stream()
            .map(method -> comparison.figure(category, method))
            .map(f -> new Cell(Figure.published(f), f.isPresent() && f.getAsDouble() == best))
            .toList());
  }

  private static Mark mark(String method, double figure) {
    Shape shape =
        switch (method) {
          case PublishedResults.RESNET50_KNN -> Shape.BASELINE;
          case PublishedResults.PATCHCORE_UNIFIED -> Shape.PATCHCORE;
          default -> Shape.OTHER;
        };
    return new Mark(shape, Bar.percent(figure), method + ": " + figure);
  }

  private static Row mean(
      EvaluationReport report,
      Comparison comparison,
      PublishedResults published,
      List<CategoryResult> shared) {
    double own = shared.stream().mapToDouble(c -> c.pixelAuprc().get()).average().orElseThrow();
    return new Row(
        "mean",
        List.of(),
        Bar.percent(own),
        Figure.of(OptionalMetric.of(own)),
        Difference.of(comparison.meanDifference(report, PublishedResults.RESNET50_KNN)),
        published.methods().stream()
            .map(method -> new Cell(Figure.published(comparison.mean(report, method)), false))
            .toList());
  }
}
