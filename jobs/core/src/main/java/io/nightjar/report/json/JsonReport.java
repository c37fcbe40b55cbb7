package io.nightjar.report.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.json.Fields;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.AbsentMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.Definition;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The report as JSON: {@code metrics.json} with the figures, {@code curves/<category>.json} with
 * the curves, and {@code run.json} with what makes the run reproducible. Names are snake case,
 * numbers unrounded; a metric that does not exist is {@code null} next to a field {@code
 * <name>_reason}.
 */
public final class JsonReport {
  /** The version of {@code metrics.json} and {@code run.json}. */
  public static final int FORMAT_VERSION = 1;

  private static final String METRICS = "metrics.json";
  private static final String RUN = "run.json";
  private static final String INPUTS = "inputs";

  private record Metrics(
      int formatVersion,
      List<CategoryJson.Document> categories,
      Map<String, Object> mean,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<String>> meanWithout,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> averaged,
      Map<String, Defined> definitions,
      @JsonInclude(JsonInclude.Include.NON_NULL) InputsJson inputs,
      @JsonUnwrapped Faults faults) {}

  /** What is not as it should be. */
  private record Faults(
      List<Failed> failed, List<String> warnings, List<Quarantined> quarantinedFiles) {}

  /** The run's details are the fields between the title and the seconds. */
  private record Run(
      int formatVersion,
      String title,
      @JsonUnwrapped Fields details,
      @JsonUnwrapped ByCategory byCategory,
      Map<String, Defined> definitions,
      List<String> files) {}

  private record ByCategory(
      Map<String, Map<String, Double>> secondsByStage, Map<String, List<String>> notes) {}

  private record Titled(String title) {}

  private record Defined(String definition, String formula, String source) {
    static Defined of(Definition definition) {
      return new Defined(definition.sentence(), definition.formula(), definition.source());
    }
  }

  /** A category without a result. */
  record Failed(String category, String reason) {
    static Failed of(FailedCategory failed) {
      return new Failed(failed.category(), failed.reason());
    }
  }

  /** A file that was left out. */
  record Quarantined(String category, String path, String reason) {}

  private JsonReport() {}

  /** The content of {@code metrics.json}. */
  public static String metrics(EvaluationReport report) {
    Figures mean = new Figures();
    ReportedMetric.in(report).stream()
        .filter(ReportedMetric::isAveraged)
        .forEach(metric -> mean.add(metric.key(), metric.mean(report)));
    return Json.indented(
            new Metrics(
                FORMAT_VERSION,
                report.categories().stream().map(CategoryJson::document).toList(),
                mean.fields(),
                meanWithout(report),
                averaged(report.run()),
                definitions(),
                InputsJson.of(report.inputs()),
                new Faults(
                    report.failed().stream().map(Failed::of).toList(),
                    report.run().warnings(),
                    report
                        .quarantines()
                        .flatMap(q -> quarantined(q.category(), q.files()))
                        .toList())))
        + "\n";
  }

  /** The categories that a figure's mean leaves out, by the figure's name. */
  private static Map<String, List<String>> meanWithout(EvaluationReport report) {
    Map<String, List<String>> without = new LinkedHashMap<>();
    AbsentMetrics.fromMeans(report).forEach((metric, names) -> without.put(metric.key(), names));
    return without;
  }

  /** Of averaged maps, what they were divided by; empty of others. */
  private static Map<String, Object> averaged(RunInfo run) {
    Map<String, Object> averaged = new LinkedHashMap<>();
    if (run.details().get(RunInfo.SCALES) instanceof Map<?, ?> scales) {
      for (String averager : List.of("ensemble", "maps")) {
        if (run.details().get(averager) instanceof Map<?, ?> parts
            && parts.containsKey(RunInfo.SCALE_QUANTILE)) {
          averaged.put(RunInfo.SCALE_QUANTILE, parts.get(RunInfo.SCALE_QUANTILE));
        }
      }
      averaged.put(RunInfo.SCALES, scales);
    }
    return averaged;
  }

  static Stream<Quarantined> quarantined(String category, List<QuarantinedFile> files) {
    return files.stream().map(file -> new Quarantined(category, file.path(), file.reason()));
  }

  private static Map<String, Defined> definitions() {
    Map<String, Defined> definitions = new LinkedHashMap<>();
    Definitions.byKey().forEach((key, value) -> definitions.put(key, Defined.of(value)));
    return definitions;
  }

  /** The content of {@code curves/<category>.json}. */
  public static String curves(CategoryResult category) {
    return Json.compact(CurvesJson.document(category)) + "\n";
  }

  /**
   * The content of {@code run.json}: the title, the run's details, and each category's seconds by
   * stage and notes.
   *
   * @param files all files of the run, by their paths within its folder
   */
  public static String run(EvaluationReport report, List<String> files) {
    Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
    Map<String, List<String>> notes = new LinkedHashMap<>();
    for (CategoryResult category : report.categories()) {
      seconds.put(category.category(), category.stageSeconds());
      notes.put(category.category(), category.notes());
    }
    return Json.indented(
            new Run(
                FORMAT_VERSION,
                report.run().title(),
                new Fields(report.run().details()),
                new ByCategory(seconds, notes),
                definitions(),
                files))
        + "\n";
  }

  /**
   * The categories with a result in a {@code metrics.json}, each of which has curves.
   *
   * @throws IllegalArgumentException when the text is not JSON or lacks a field, which it names
   */
  public static List<String> categories(String metricsJson) {
    return from(
        METRICS,
        () ->
            parse(metricsJson).children("categories").stream()
                .map(category -> category.text("category"))
                .toList());
  }

  /**
   * The report that {@link #metrics}, {@link #run} and {@link #curves} wrote.
   *
   * @param curvesJson by category
   * @throws IllegalArgumentException when a text is absent, not JSON, of a newer format or lacks a
   *     field, which it names
   */
  public static EvaluationReport read(
      String metricsJson, String runJson, Map<String, String> curvesJson) {
    JsonDocument metrics = from(METRICS, () -> parse(metricsJson));
    JsonDocument run = from(RUN, () -> parse(runJson));
    Faults faults = from(METRICS, () -> metrics.as(Faults.class));
    Map<String, List<QuarantinedFile>> quarantined = new LinkedHashMap<>();
    for (Quarantined file : faults.quarantinedFiles) {
      quarantined
          .computeIfAbsent(file.category, c -> new ArrayList<>())
          .add(new QuarantinedFile(file.path, file.reason));
    }
    ByCategory byCategory = from(RUN, () -> run.as(ByCategory.class));
    List<CategoryResult> categories = new ArrayList<>();
    for (JsonDocument object : from(METRICS, () -> metrics.children("categories"))) {
      String name = from(METRICS, () -> object.text("category"));
      CurvesJson.Content curves = curves(name, curvesJson);
      Map<String, Double> seconds = ofCategory("seconds_by_stage", byCategory.secondsByStage, name);
      List<String> notes = ofCategory("notes", byCategory.notes, name);
      List<QuarantinedFile> files = quarantined.getOrDefault(name, List.of());
      categories.add(from(METRICS, () -> CategoryJson.read(object, curves, files, seconds, notes)));
    }
    return new EvaluationReport(
        from(RUN, () -> runInfo(run, faults.warnings)),
        categories,
        faults.failed.stream()
            .map(
                f ->
                    new FailedCategory(
                        f.category, f.reason, quarantined.getOrDefault(f.category, List.of())))
            .toList(),
        metrics.has(INPUTS)
            ? from(METRICS, () -> metrics.child(INPUTS).as(InputsJson.class).inputs())
            : Inputs.NONE);
  }

  private static CurvesJson.Content curves(String category, Map<String, String> curvesJson) {
    String curves = curvesJson.get(category);
    if (curves == null) {
      throw new IllegalArgumentException("The report lacks the curves of " + category);
    }
    return from("The file with the curves of " + category, () -> CurvesJson.read(curves));
  }

  private static <T> T ofCategory(String field, Map<String, T> values, String category) {
    T value = values.get(category);
    if (value == null) {
      throw new IllegalArgumentException(
          RUN + " cannot be used: it lacks the field \"" + field + "." + category + "\"");
    }
    return value;
  }

  private static RunInfo runInfo(JsonDocument run, List<String> warnings) {
    Map<String, Object> details = new LinkedHashMap<>(run.values());
    details.keySet().removeAll(RunInfo.RESERVED);
    return new RunInfo(run.as(Titled.class).title, warnings, details);
  }

  private static JsonDocument parse(String json) {
    return JsonDocument.parse(json).requireVersion(FORMAT_VERSION);
  }

  /** Names the file in what is wrong with it. */
  private static <T> T from(String file, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " cannot be used: " + e.getMessage(), e);
    }
  }
}
