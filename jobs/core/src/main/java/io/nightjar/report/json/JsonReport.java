package io.nightjar.report.json;

import static io.nightjar.report.json.JsonFields.field;
import static io.nightjar.report.json.JsonFields.strings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.Definitions;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.RunInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The report as JSON: {@code metrics.json} with the figures, {@code curves/<category>.json} with
 * the curves, and {@code run.json} with what makes the run reproducible. Names are snake case,
 * numbers unrounded; a metric that does not exist is {@code null} beside a field {@code
 * <name>_reason}.
 */
public final class JsonReport {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** For long arrays, which a person does not read line by line. */
  private static final ObjectMapper COMPACT = new ObjectMapper();

  private JsonReport() {}

  /** The content of {@code metrics.json}. */
  public static String metrics(EvaluationReport report) {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode categories = root.putArray("categories");
    report.categories().forEach(c -> categories.add(CategoryJson.write(c)));
    root.set("mean", mean(report));
    root.set(RunInfo.DEFINITIONS, definitions());
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
    return write(MAPPER, root);
  }

  /** The content of {@code curves/<category>.json}. */
  public static String curves(CategoryResult category) {
    return write(COMPACT, CurvesJson.write(category));
  }

  private static ObjectNode mean(EvaluationReport report) {
    ObjectNode node = MAPPER.createObjectNode();
    Stream.of(ReportedMetric.values())
        .filter(ReportedMetric::isAveraged)
        .forEach(metric -> JsonFields.put(node, metric.key(), metric.mean(report)));
    return node;
  }

  private static ObjectNode definitions() {
    ObjectNode node = MAPPER.createObjectNode();
    Definitions.byKey()
        .forEach(
            (key, definition) ->
                node.putObject(key)
                    .put("definition", definition.sentence())
                    .put("formula", definition.formula())
                    .put("source", definition.source()));
    return node;
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
    root.put(RunInfo.DEFINITIONS, definitions());
    return write(MAPPER, root);
  }

  /** Indented, for a person, with a line's end. */
  static String text(Object root) {
    return write(MAPPER, root);
  }

  private static String write(ObjectMapper mapper, Object root) {
    try {
      return mapper.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The run's details hold something that JSON cannot: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The categories with a result in a {@code metrics.json}, each of which has curves.
   *
   * @throws IllegalArgumentException when the text is not JSON or lacks a field, which it names
   */
  public static List<String> categories(String metricsJson) {
    List<String> names = new ArrayList<>();
    for (JsonNode node : field(parse(metricsJson, "metrics.json"), "categories")) {
      names.add(field(node, "category").asText());
    }
    return names;
  }

  /**
   * The report that {@link #metrics}, {@link #run} and {@link #curves} wrote.
   *
   * @param curvesJson by category
   * @throws IllegalArgumentException when a text is absent, not JSON or lacks a field, which it
   *     names
   */
  public static EvaluationReport read(
      String metricsJson, String runJson, Map<String, String> curvesJson) {
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
      categories.add(readCategory(node, run, curvesJson, quarantined));
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
      JsonNode node,
      JsonNode run,
      Map<String, String> curvesJson,
      Map<String, List<QuarantinedFile>> quarantined) {
    String category = field(node, "category").asText();
    Map<String, Double> seconds = new LinkedHashMap<>();
    field(field(run, RunInfo.SECONDS_BY_STAGE), category)
        .fields()
        .forEachRemaining(stage -> seconds.put(stage.getKey(), stage.getValue().asDouble()));
    String curves = curvesJson.get(category);
    if (curves == null) {
      throw new IllegalArgumentException("The report lacks the curves of " + category);
    }
    return CategoryJson.read(
        node,
        CurvesJson.read(parse(curves, "The curves of " + category)),
        quarantined.getOrDefault(category, List.of()),
        seconds,
        strings(field(field(run, RunInfo.NOTES), category)));
  }

  private static RunInfo readRun(JsonNode run, List<String> warnings) {
    Map<String, Object> details =
        MAPPER.convertValue(run, new TypeReference<LinkedHashMap<String, Object>>() {});
    String title = field(run, RunInfo.TITLE).asText();
    details.keySet().removeAll(RunInfo.RESERVED);
    return new RunInfo(title, warnings, details);
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
