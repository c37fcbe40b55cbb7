package io.nightjar.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code metrics.csv}: a row for each category, columns as in {@code metrics.json}, numbers
 * unrounded, a metric that does not exist empty (RFC 4180).
 */
final class CsvReport {
  static final List<String> COLUMNS =
      Stream.of(
              Stream.of(
                  "category",
                  "train_images",
                  "test_images",
                  "quarantined",
                  "components",
                  "bank_rows"),
              Stream.of(ReportedMetric.values()).map(ReportedMetric::key),
              Stream.of("resolution", "seconds"))
          .flatMap(columns -> columns)
          .toList();

  private CsvReport() {}

  static String metrics(EvaluationReport report) {
    return Stream.concat(
            Stream.of(String.join(",", COLUMNS)), report.categories().stream().map(CsvReport::row))
        .collect(joining("\r\n", "", "\r\n"));
  }

  private static String row(CategoryResult category) {
    JsonNode fields = JsonReport.category(category);
    return COLUMNS.stream().map(fields::get).map(CsvReport::cell).collect(joining(","));
  }

  private static String cell(JsonNode value) {
    String text = value.isNull() ? "" : value.asText();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
