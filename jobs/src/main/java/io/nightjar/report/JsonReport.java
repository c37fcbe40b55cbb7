package io.nightjar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The report as JSON: {@code metrics.json} with the figures and {@code run.json} with what makes
 * the run reproducible. Names are snake case, numbers unrounded; a metric that does not exist is
 * {@code null} beside a field {@code <name>_reason}.
 */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonReport() {}

  /** The content of {@code metrics.json}. */
  public static String metrics(EvaluationReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode categories = root.putArray("categories");
    report.categories().forEach(c -> categories.add(category(c)));
    root.set("mean", mean(report));
    ArrayNode failed = root.putArray("failed");
    report
        .failed()
        .forEach(f -> failed.addObject().put("category", f.category()).put("reason", f.reason()));
    ArrayNode warnings = root.putArray("warnings");
    report.run().warnings().forEach(warnings::add);
    ArrayNode files = root.putArray("quarantined_files");
    report
        .quarantines()
        .forEach(q -> q.files().forEach(f -> files.add(quarantined(q.category(), f))));
    return write(root);
  }

  /** One element of {@code categories}, its fields in the order of {@code metrics.json}. */
  static ObjectNode category(CategoryResult c) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("category", c.category());
    node.put("train_images", c.trainImages());
    node.put("test_images", c.testImages());
    node.put("quarantined", c.quarantined().size());
    node.put("components", c.components());
    node.put("bank_rows", c.bankRows());
    for (ReportedMetric metric : ReportedMetric.values()) {
      put(node, metric, metric.of(c));
    }
    node.put("resolution", c.resolution());
    node.put("seconds", c.seconds());
    return node;
  }

  private static ObjectNode mean(EvaluationReport report) {
    ObjectNode node = MAPPER.createObjectNode();
    for (ReportedMetric metric : ReportedMetric.values()) {
      put(node, metric, metric.mean(report));
    }
    return node;
  }

  private static void put(ObjectNode node, ReportedMetric metric, OptionalMetric value) {
    if (value.isPresent()) {
      node.put(metric.key(), value.get());
    } else {
      node.putNull(metric.key());
      node.put(metric.reasonKey(), value.reason());
    }
  }

  private static ObjectNode quarantined(String category, QuarantinedFile file) {
    return MAPPER
        .createObjectNode()
        .put("category", category)
        .put("path", file.path())
        .put("reason", file.reason());
  }

  /**
   * The content of {@code run.json}: the title, the run's details, and each category's seconds by
   * stage and notes.
   */
  public static String run(EvaluationReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(RunInfo.TITLE, report.run().title());
    root.putAll(report.run().details());
    Map<String, Object> seconds = new LinkedHashMap<>();
    Map<String, Object> notes = new LinkedHashMap<>();
    for (CategoryResult category : report.categories()) {
      seconds.put(category.category(), category.stageSeconds());
      notes.put(category.category(), category.notes());
    }
    root.put(RunInfo.SECONDS_BY_STAGE, seconds);
    root.put(RunInfo.NOTES, notes);
    return write(root);
  }

  private static String write(Object root) {
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The run's details hold something that JSON cannot: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The report that {@link #metrics} and {@link #run} wrote.
   *
   * @throws IllegalArgumentException when a text is not JSON or lacks a field, which it names
   */
  public static EvaluationReport read(String metricsJson, String runJson) {
    JsonNode metrics = parse(metricsJson, "metrics.json");
    JsonNode run = parse(runJson, "run.json");
    Map<String, List<QuarantinedFile>> quarantined = new LinkedHashMap<>();
    for (JsonNode file : field(metrics, "quarantined_files")) {
      quarantined
          .computeIfAbsent(field(file, "category").asText(), c -> new ArrayList<>())
          .add(new QuarantinedFile(field(file, "path").asText(), field(file, "reason").asText()));
    }
    List<CategoryResult> categories = new ArrayList<>();
    for (JsonNode node : field(metrics, "categories")) {
      categories.add(readCategory(node, run, quarantined));
    }
    List<FailedCategory> failed = new ArrayList<>();
    for (JsonNode node : field(metrics, "failed")) {
      String category = field(node, "category").asText();
      failed.add(
          new FailedCategory(
              category,
              field(node, "reason").asText(),
              quarantined.getOrDefault(category, List.of())));
    }
    return new EvaluationReport(
        readRun(run, strings(field(metrics, "warnings"))), categories, failed);
  }

  private static CategoryResult readCategory(
      JsonNode node, JsonNode run, Map<String, List<QuarantinedFile>> quarantined) {
    String category = field(node, "category").asText();
    Map<String, Double> seconds = new LinkedHashMap<>();
    field(field(run, RunInfo.SECONDS_BY_STAGE), category)
        .fields()
        .forEachRemaining(stage -> seconds.put(stage.getKey(), stage.getValue().asDouble()));
    return new CategoryResult(
        category,
        field(node, "train_images").asInt(),
        field(node, "test_images").asInt(),
        quarantined.getOrDefault(category, List.of()),
        field(node, "components").asInt(),
        field(node, "bank_rows").asLong(),
        readMetric(node, ReportedMetric.PIXEL_AUPRC),
        readMetric(node, ReportedMetric.PIXEL_AUPRC_TRAPEZOID),
        readMetric(node, ReportedMetric.PIXEL_AUROC),
        readMetric(node, ReportedMetric.IMAGE_AUROC),
        field(node, "resolution").asText(),
        field(node, "seconds").asDouble(),
        seconds,
        strings(field(field(run, RunInfo.NOTES), category)));
  }

  private static OptionalMetric readMetric(JsonNode node, ReportedMetric metric) {
    JsonNode value = field(node, metric.key());
    return value.isNull()
        ? OptionalMetric.absent(field(node, metric.reasonKey()).asText())
        : OptionalMetric.of(value.asDouble());
  }

  private static RunInfo readRun(JsonNode run, List<String> warnings) {
    Map<String, Object> details =
        MAPPER.convertValue(run, new TypeReference<LinkedHashMap<String, Object>>() {});
    String title = field(run, RunInfo.TITLE).asText();
    details.keySet().removeAll(List.of(RunInfo.TITLE, RunInfo.SECONDS_BY_STAGE, RunInfo.NOTES));
    return new RunInfo(title, warnings, details);
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The report lacks the field \"" + name + "\"");
    }
    return value;
  }

  private static JsonNode parse(String json, String file) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " is not JSON: " + e.getOriginalMessage() + " " + e.getLocation(), e);
    }
  }
}
