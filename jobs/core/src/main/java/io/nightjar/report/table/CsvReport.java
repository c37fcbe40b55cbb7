package io.nightjar.report.table;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;

/**
 * {@code metrics.csv}: a row for each category, its scalars named as in {@code metrics.json}, an
 * interval in two columns, numbers unrounded, a metric that does not exist empty (RFC 4180).
 */
public final class CsvReport {
  private CsvReport() {}

  public static String metrics(EvaluationReport report) {
    StringBuilder csv = new StringBuilder();
    csv.append(
        MetricColumns.ALL.stream()
            .map(MetricColumns.Column::name)
            .collect(joining(",", "", "\r\n")));
    report.categories().forEach(c -> csv.append(row(c)));
    return csv.toString();
  }

  /** {@code scores.csv}: a row for each image. */
  static String scores(ScoringReport report) {
    StringBuilder csv =
        new StringBuilder("category,path,image_score,map_max,map_mean,width,height,sha256\r\n");
    for (CategoryScores category : report.categories()) {
      for (ScoredFile image : category.images()) {
        csv.append(
                CsvLine.of(
                    category.category(),
                    image.path(),
                    image.imageScore(),
                    image.mapMax(),
                    image.mapMean(),
                    image.width(),
                    image.height(),
                    image.sha256()))
            .append("\r\n");
      }
    }
    return csv.toString();
  }

  private static String row(CategoryResult category) {
    return CsvLine.of(MetricColumns.ALL.stream().map(column -> column.of(category)).toArray())
        + "\r\n";
  }
}
