package io.nightjar.report.history;

import io.nightjar.io.BoundedFiles;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.RunInfo;
import io.nightjar.report.comparison.Setting;
import io.nightjar.report.json.JsonReport;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;

/**
 * Reads what a history keeps of a run from its {@code run.json} and {@code metrics.json}, of this
 * or an earlier program. Fields that earlier programs did not write may be missing; only the time
 * of the run and the names of its categories may not.
 */
final class RunReader {
  /** The columns of {@code metrics.csv} that count something. */
  static final List<String> COUNTS =
      List.of(
          "train_images",
          "test_images",
          "quarantined",
          "components",
          "bank_rows",
          "pixels",
          "defective_pixels");

  static final String SECONDS = "seconds";
  private static final String CATEGORY = "category";
  private static final String REASON = "reason";

  private final FileSystem files;

  RunReader(FileSystem files) {
    this.files = files;
  }

  /**
   * Reads a run.
   *
   * @throws IOException if a file of it cannot be read
   * @throws IllegalArgumentException if a file cannot be used, with its name
   */
  RunRecord read(FoundRun found) throws IOException {
    JsonDocument run = document(found, ReportFiles.RUN_JSON);
    JsonDocument metrics = document(found, ReportFiles.METRICS_JSON);
    Map<String, Object> details = run.values();
    List<RunRecord.LeftOut> leftOut =
        from(ReportFiles.METRICS_JSON, () -> children(metrics, "quarantined_files")).stream()
            .map(
                file ->
                    new RunRecord.LeftOut(
                        file.text(CATEGORY), file.text("path"), file.text(REASON)))
            .toList();
    return new RunRecord(
        found.path(),
        from(ReportFiles.RUN_JSON, () -> instant(run.text("started"))),
        details.get(RunInfo.WALL_SECONDS) instanceof Number seconds ? seconds.doubleValue() : 0,
        fingerprints(details),
        Setting.of(details),
        from(ReportFiles.METRICS_JSON, () -> categories(metrics)),
        from(
            ReportFiles.METRICS_JSON,
            () ->
                children(metrics, "failed").stream()
                    .map(one -> new RunRecord.Failure(one.text(CATEGORY), one.text(REASON)))
                    .toList()),
        leftOut.size(),
        leftOut.stream().limit(RunRecord.MOST_LEFT_OUT).toList());
  }

  private JsonDocument document(FoundRun found, String name) throws IOException {
    byte[] content = BoundedFiles.read(files, found.file(name), ReportFiles.LARGEST_DOCUMENT);
    return from(
        name,
        () ->
            JsonDocument.parse(new String(content, StandardCharsets.UTF_8))
                .requireVersion(JsonReport.FORMAT_VERSION));
  }

  private static String instant(String text) {
    try {
      return Instant.parse(text).toString();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          Text.format("its field \"started\" is no time: \"%s\"", text), e);
    }
  }

  private static List<JsonDocument> children(JsonDocument document, String name) {
    return document.has(name) ? document.children(name) : List.of();
  }

  private static Map<String, String> fingerprints(Map<String, Object> details) {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    if (details.get("data") instanceof Map<?, ?> data
        && data.get("sha256_by_category") instanceof Map<?, ?> hashes) {
      hashes.forEach((category, hash) -> fingerprints.put(category.toString(), hash + ""));
    }
    return fingerprints;
  }

  private static List<RunRecord.Category> categories(JsonDocument metrics) {
    List<RunRecord.Category> categories = new ArrayList<>();
    for (JsonDocument category : metrics.children("categories")) {
      Map<String, Double> numbers = new LinkedHashMap<>();
      COUNTS.forEach(name -> add(category, name, numbers));
      for (ReportedMetric metric : ReportedMetric.values()) {
        add(category, metric.key(), numbers);
      }
      for (ReportedInterval interval : ReportedInterval.values()) {
        addInterval(category, interval.key(), numbers);
      }
      add(category, SECONDS, numbers);
      categories.add(
          new RunRecord.Category(
              category.text(CATEGORY),
              category.has("resolution") ? category.text("resolution") : "",
              numbers));
    }
    return categories;
  }

  private static void add(JsonDocument category, String name, Map<String, Double> numbers) {
    if (category.has(name)) {
      OptionalDouble value = category.number(name);
      if (value.isPresent()) {
        numbers.put(name, value.getAsDouble());
      }
    }
  }

  private static void addInterval(JsonDocument category, String name, Map<String, Double> numbers) {
    if (category.has(name) && !category.isNull(name)) {
      List<Double> bounds = category.numbers(name);
      if (bounds.size() == 2) {
        numbers.put(name + "_lower", bounds.get(0));
        numbers.put(name + "_upper", bounds.get(1));
      }
    }
  }

  private static <T> T from(String file, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " cannot be used: " + e.getMessage(), e);
    }
  }
}
