package io.nightjar.report;

import static java.util.stream.Collectors.joining;

/**
 * {@code metrics.csv}: a row for each category, its scalars named as in {@code metrics.json}, an
 * interval in two columns, numbers unrounded, a metric that does not exist empty (RFC 4180).
 */
final class CsvReport {
  private CsvReport() {}

  static String metrics(EvaluationReport report) {
    StringBuilder csv = new StringBuilder();
    csv.append(
        MetricColumns.ALL.stream()
            .map(MetricColumns.Column::name)
            .collect(joining(",", "", "\r\n")));
    report.categories().forEach(c -> csv.append(row(c)));
    return csv.toString();
  }

  private static String row(CategoryResult category) {
    return MetricColumns.ALL.stream()
        .map(column -> cell(column.of(category)))
        .collect(joining(",", "", "\r\n"));
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
