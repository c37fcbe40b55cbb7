package io.nightjar.report.history;

import io.nightjar.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the two documents of a finished run with given figures. */
public final class HistoryRuns {
  private final Map<String, Object> run = new LinkedHashMap<>();
  private final List<Map<String, Object>> categories = new ArrayList<>();
  private final List<Map<String, Object>> failed = new ArrayList<>();
  private final List<Map<String, Object>> quarantined = new ArrayList<>();
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, Object> options = new LinkedHashMap<>();
  private String root = "/data/mvtec_ad";

  private HistoryRuns(String started) {
    run.put("format_version", 1);
    run.put("title", "Test");
    run.put("started", started);
    run.put("wall_seconds", 60.0);
    options.put("variance", 0.95);
  }

  /** A run that began at a time. */
  public static HistoryRuns at(String started) {
    return new HistoryRuns(started);
  }

  /** A category with its pixel AUPRC, an interval of 0.1 around it, and the hash of its files. */
  public HistoryRuns category(String name, double auprc) {
    Map<String, Object> category = new LinkedHashMap<>();
    category.put("category", name);
    category.put("train_images", 20);
    category.put("test_images", 10);
    category.put("pixel_auprc", auprc);
    category.put("pixel_auprc_ci95", List.of(auprc - 0.05, auprc + 0.05));
    category.put("image_auroc", null);
    category.put("image_auroc_reason", "no good image");
    category.put("image_best_f1_threshold", -0.0);
    category.put("resolution", "original");
    category.put("seconds", 30.0);
    categories.add(category);
    hashes.put(name, "hash of " + name);
    return this;
  }

  /** A category that failed. */
  public HistoryRuns failed(String name, String reason) {
    failed.add(Map.of("category", name, "reason", reason));
    return this;
  }

  /** A file that was left out. */
  public HistoryRuns quarantined(String category, String path, String reason) {
    quarantined.add(Map.of("category", category, "path", path, "reason", reason));
    return this;
  }

  /** An option. */
  public HistoryRuns option(String name, Object value) {
    options.put(name, value);
    return this;
  }

  /** A field of the record. */
  public HistoryRuns detail(String name, Object value) {
    run.put(name, value);
    return this;
  }

  /** Where the data was. */
  public HistoryRuns data(String place) {
    root = place;
    return this;
  }

  /** The hash of a category's files. */
  public HistoryRuns files(String category, String hash) {
    hashes.put(category, hash);
    return this;
  }

  /** Writes the run. */
  public Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    run.put("data", Map.of("root", root, "sha256_by_category", hashes));
    run.put("options", options);
    Files.writeString(folder.resolve("run.json"), Json.indented(run));
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("format_version", 1);
    metrics.put("categories", categories);
    metrics.put("failed", failed);
    metrics.put("quarantined_files", quarantined);
    Files.writeString(folder.resolve("metrics.json"), Json.indented(metrics));
    return folder;
  }
}
