package io.nightjar.report.table;

import static java.util.stream.Collectors.joining;

import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code metrics.csv}: a row for each category, its scalars named as in {@code metrics.json}, an
 * interval in two columns, numbers unrounded, a metric that does not exist empty (RFC 4180).
 */
public final class CsvReport {
  private CsvReport() {}

  public static String metrics(EvaluationReport report) {
    List<MetricColumns.Column> columns = MetricColumns.of(report);
    StringBuilder csv = new StringBuilder();
    csv.append(columns.stream().map(MetricColumns.Column::name).collect(joining(",", "", "\r\n")));
    report.categories().forEach(c -> csv.append(row(c, columns)));
    return csv.toString();
  }

  /**
   * {@code groups.csv}: a row for each group of a category, its figures named as in {@code
   * metrics.json}; empty where no category has groups.
   */
  static Optional<String> groups(EvaluationReport report) {
    List<CategoryResult> grouped =
        report.categories().stream().filter(c -> !c.metrics().byGroup().isEmpty()).toList();
    if (grouped.isEmpty()) {
      return Optional.empty();
    }
    boolean saturated =
        grouped.stream()
            .flatMap(c -> c.metrics().byGroup().values().stream())
            .anyMatch(group -> group.saturated().isPresent());
    StringBuilder csv =
        new StringBuilder("category,group,images,defective_images,pixels,pixel_auprc,pixel_auroc,")
            .append("aupro_0_30,")
            .append(saturated ? "au_spro_0_30,au_spro_0_05," : "")
            .append("image_auroc,image_ap\r\n");
    for (CategoryResult category : grouped) {
      category
          .metrics()
          .byGroup()
          .forEach(
              (name, group) ->
                  csv.append(group(category.category(), name, group, saturated)).append("\r\n"));
    }
    return Optional.of(csv.toString());
  }

  private static String group(
      String category, String name, SubsetMetrics group, boolean saturated) {
    List<Object> cells = new ArrayList<>();
    cells.add(category);
    cells.add(name);
    cells.add(group.images());
    cells.add(group.defective());
    cells.add(group.pixels());
    cells.add(number(group.pixelAuprc()));
    cells.add(number(group.pixelAuroc()));
    cells.add(number(group.aupro30()));
    if (saturated) {
      cells.add(group.saturated().map(s -> number(s.auSpro30())).orElse(null));
      cells.add(group.saturated().map(s -> number(s.auSpro05())).orElse(null));
    }
    cells.add(number(group.imageAuroc()));
    cells.add(number(group.imageAveragePrecision()));
    return CsvLine.of(cells.toArray());
  }

  /** Null where there is none, which is an empty cell. */
  private static Object number(Estimate estimate) {
    return estimate.isPresent() ? (Object) estimate.getAsDouble() : null;
  }

  /** {@code scores.csv}: a row for each image. */
  static String scores(ScoringReport report) {
    StringBuilder csv =
        new StringBuilder("category,path,image_score,map_max,map_mean,width,height,sha256");
    for (ImageScoreKind kind : ImageScoreKind.values()) {
      csv.append(',').append(kind.column());
    }
    DecisionColumn.of(report.categories()).forEach(column -> csv.append(',').append(column.id()));
    csv.append("\r\n");
    for (CategoryScores category : report.categories()) {
      for (int i = 0; i < category.images().size(); i++) {
        csv.append(scored(category, i, DecisionColumn.of(report.categories()))).append("\r\n");
      }
    }
    return csv.toString();
  }

  private static String scored(CategoryScores category, int index, List<DecisionColumn> decisions) {
    ScoredFile image = category.images().get(index);
    List<Object> cells = new ArrayList<>();
    cells.add(category.category());
    cells.add(image.path());
    cells.add(image.imageScore());
    cells.add(image.mapMax());
    cells.add(image.mapMean());
    cells.add(image.width());
    cells.add(image.height());
    cells.add(image.sha256());
    for (ImageScoreKind kind : ImageScoreKind.values()) {
      cells.add(image.imageScores().of(kind));
    }
    for (DecisionColumn column : decisions) {
      cells.add(column.value(category.decision().orElseThrow().images().get(index)));
    }
    return CsvLine.of(cells.toArray());
  }

  private static String row(CategoryResult category, List<MetricColumns.Column> columns) {
    return CsvLine.of(columns.stream().map(column -> column.of(category)).toArray()) + "\r\n";
  }
}
