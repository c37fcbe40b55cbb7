package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The helper of the notebooks in Python: what it calls in Java is there. Needs no Python. */
class PythonHelperTest {
  /** What it calls, by class. */
  private static final Map<String, List<String>> CALLED =
      Map.ofEntries(
          Map.entry(
              "io.nightjar.job.EvaluateDataset",
              List.of("data", "backbone", "out", "options", "execute")),
          Map.entry("io.nightjar.job.result.RunResult", List.of("report")),
          Map.entry("io.nightjar.job.options.EvaluationOptions", List.of("builder")),
          Map.entry("io.nightjar.job.options.EvaluationOptions$Builder", List.of("build")),
          Map.entry("io.nightjar.backbone.spec.Architecture", List.of("parse")),
          Map.entry("io.nightjar.report.json.JsonReport", List.of("metrics")),
          Map.entry(
              "io.nightjar.job.CompareRuns",
              List.of("baseline", "overwrite", "candidates", "options", "out", "execute")),
          Map.entry("io.nightjar.report.comparison.output.ComparisonJson", List.of("write")),
          Map.entry("io.nightjar.job.TrackRuns", List.of("runs", "out", "options", "execute")),
          Map.entry(
              "io.nightjar.report.history.RunsHistory", List.of("dataSets", "notes", "passedOver")),
          Map.entry(
              "io.nightjar.report.history.DataSetHistory", List.of("runs", "series", "causes")),
          Map.entry("io.nightjar.report.history.Series", List.of("category", "figure", "changes")),
          Map.entry(
              "io.nightjar.report.history.Series$LevelChange",
              List.of("run", "before", "after", "isWorse")),
          Map.entry("io.nightjar.report.history.RunRecord", List.of("name")),
          Map.entry("io.nightjar.report.ReportedMetric", List.of("key", "name")),
          Map.entry("io.nightjar.metric.history.Cadence", List.of("parse")),
          Map.entry("org.apache.spark.ml.Estimator", List.of("fit")),
          Map.entry("org.apache.spark.ml.Transformer", List.of("transform")),
          Map.entry("org.apache.spark.ml.Pipeline", List.of("setStages")),
          Map.entry("org.apache.spark.ml.util.MLWritable", List.of("write")),
          Map.entry("org.apache.spark.ml.util.MLWriter", List.of("overwrite", "save")),
          Map.entry("org.apache.spark.ml.PipelineModel", List.of("load")),
          Map.entry("org.apache.spark.sql.SparkSession", List.of("sessionState")),
          Map.entry("org.apache.spark.sql.internal.SessionState", List.of("newHadoopConf")),
          Map.entry(
              "java.lang.Class",
              List.of(
                  "forName",
                  "getName",
                  "getMethods",
                  "getRecordComponents",
                  "getEnumConstants",
                  "isEnum",
                  "isInstance")),
          Map.entry(
              "java.lang.reflect.Method",
              List.of("getName", "getReturnType", "getGenericParameterTypes")),
          Map.entry("java.lang.reflect.RecordComponent", List.of("getName", "getGenericType")),
          Map.entry("java.util.Optional", List.of("of", "empty")),
          Map.entry("java.util.OptionalDouble", List.of("of")),
          Map.entry("java.util.OptionalInt", List.of("of")),
          Map.entry("java.util.OptionalLong", List.of("of")),
          Map.entry("java.util.Collection", List.of("add")),
          Map.entry("java.lang.Thread", List.of("currentThread", "getContextClassLoader")),
          Map.entry("java.lang.Throwable", List.of("getMessage")),
          Map.entry("java.lang.Object", List.of("getClass", "toString")));

  /** Methods of Python that it calls on values of Python, and of PySpark. */
  private static final Set<String> PYTHON =
      Set.of(
          "append",
          "contextmanager",
          "endswith",
          "fullmatch",
          "get",
          "get_close_matches",
          "items",
          "join",
          "loads",
          "lower",
          "new_array",
          "parquet",
          "pop",
          "rpartition",
          "select",
          "show",
          "split",
          "startswith",
          "sub",
          "update",
          "__init__",
          "figures",
          "images",
          "evaluate",
          "DataFrame",
          "_categories",
          "_jdf",
          "dataclass");

  private String source;

  @BeforeEach
  void read() throws IOException {
    source = Files.readString(Repository.file("notebooks/nightjar.py"));
  }

  private static Set<String> methods(String name) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(name).getMethods())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private Set<String> found(String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(source);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void everyClassThatItNamesExists() throws ClassNotFoundException {
    Set<String> named =
        found("\"((?:io\\.nightjar|org\\.apache\\.spark|java\\.util)\\.[\\w.]*\\w)\"");

    assertThat(named)
        .contains("io.nightjar.job.EvaluateDataset", "io.nightjar.error.InvalidInputException");
    for (String name : named) {
      assertThat(Class.forName(name)).isNotNull();
    }
  }

  @Test
  void everyMethodThatItCallsExists() throws ClassNotFoundException {
    for (Map.Entry<String, List<String>> entry : CALLED.entrySet()) {
      assertThat(methods(entry.getKey())).as(entry.getKey()).containsAll(entry.getValue());
    }
  }

  @Test
  void noMethodIsCalledThatThisTestDoesNotKnow() {
    Set<String> known = new TreeSet<>(PYTHON);
    CALLED.values().forEach(known::addAll);

    assertThat(known).containsAll(found("\\.([A-Za-z_]\\w*)\\("));
  }

  /** The helper sets options by the names of setters; of records, by those of components. */
  @ParameterizedTest
  @CsvSource({
    "io.nightjar.report.comparison.ComparisonOptions, io.nightjar.job.CompareRuns",
    "io.nightjar.report.history.HistoryOptions, io.nightjar.job.TrackRuns",
  })
  void recordsOfOptionsHaveDefaultsAndAreTakenByTheirActions(String record, String action)
      throws ReflectiveOperationException {
    Class<?> options = Class.forName(record);

    assertThat(options.isRecord()).isTrue();
    assertThat(options.getField("DEFAULT").getType()).isEqualTo(options);
    assertThat(Class.forName(action).getMethod("options", options)).isNotNull();
  }

  /** Every option of the builder that is no group of others is of a type that it converts. */
  @Test
  void optionsOfTheBuilderAreOfKnownTypes() throws ClassNotFoundException {
    Class<?> builder = Class.forName("io.nightjar.job.options.EvaluationOptions$Builder");

    List<Class<?>> types =
        Arrays.stream(builder.getMethods())
            .filter(method -> method.getReturnType() == builder && method.getParameterCount() == 1)
            .<Class<?>>map(method -> method.getParameterTypes()[0])
            .filter(type -> !type.getSimpleName().endsWith("Options"))
            .filter(type -> !Set.of("SearchCheck", "SearchMethod").contains(type.getSimpleName()))
            .toList();

    assertThat(types).isNotEmpty();
    assertThat(types)
        .allMatch(
            type ->
                type.isEnum()
                    || Set.of(int.class, long.class, double.class, boolean.class).contains(type)
                    || readsText(type));
  }

  private static boolean readsText(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("parse")
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.nightjar.backbone.PatchEmbedder",
        "io.nightjar.pca.PatchPca",
        "io.nightjar.bank.PatchKnn",
        "io.nightjar.decision.PatchDecision"
      })
  void settersOfStagesTakeWhatPythonHas(String stage) throws ClassNotFoundException {
    Class<?> type = Class.forName(stage);

    assertThat(type.getMethods())
        .filteredOn(
            method ->
                method.getName().matches("set[A-Z].*")
                    && (method.getReturnType() == type || method.isDefault()))
        .isNotEmpty()
        .allMatch(
            method ->
                Set.of(String.class, int.class, long.class, double.class, int[].class)
                    .contains(method.getParameterTypes()[0]));
  }
}
