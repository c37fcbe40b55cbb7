package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.emrcontainers.model.StartJobRunRequest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.nightjar.cli.Nightjar;
import io.nightjar.cli.ParsedLine;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schedules below {@code deploy/}: what they call and name is there. */
class SchedulesTest {
  private static final ObjectMapper STRICT =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Properties that EMR Serverless adds to Spark's. */
  private static final String OF_EMR = "spark.emr-serverless.driverEnv.";

  /** How often each of the files calls Nightjar. */
  @ParameterizedTest
  @CsvSource({
    "kubernetes/scheduled.yaml, evaluate",
    "emr/serverless.json, evaluate",
    "emr/eks.json, evaluate",
    "databricks/databricks.yml, evaluate compare history",
  })
  void listsOfArgumentsAreCommandLines(String file, String commands) throws Exception {
    List<String> found = new ArrayList<>();
    for (JsonNode document : DeployedFiles.documents(file)) {
      DeployedFiles.lists(document).forEach(words -> found.add(ParsedLine.command(words)));
    }

    assertThat(String.join(" ", found)).isEqualTo(commands);
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes/cronjob.yaml, evaluate history",
    "systemd/nightjar-nightly.service, evaluate history",
    "systemd/nightjar-alarm@.service, status",
    "emr/README.md, history",
  })
  void linesOfShellsAreCommandLines(String file, String commands) {
    List<String> found = new ArrayList<>();
    DeployedFiles.shellLines(DeployedFiles.text(file))
        .forEach(words -> found.add(ParsedLine.command(words)));

    assertThat(String.join(" ", found)).isEqualTo(commands);
  }

  /** By default none is drawn, and the page of the morning would show no image. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes/scheduled.yaml",
        "kubernetes/cronjob.yaml",
        "databricks/databricks.yml",
        "emr/serverless.json",
        "emr/eks.json",
        "airflow/nightjar_nightly.py",
        "systemd/nightjar-nightly.service",
      })
  void everyNightDrawsImages(String file) {
    assertThat(DeployedFiles.text(file)).containsPattern("--visualizations\\W+3\\b");
  }

  /** Also in files that are none of those above. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "databricks", "emr", "airflow", "systemd", "prometheus"})
  void noFileHasACommandLineThatIsRefused(String folder) throws Exception {
    for (String file : DeployedFiles.in(folder)) {
      DeployedFiles.shellLines(DeployedFiles.text(file)).forEach(ParsedLine::command);
      if (file.matches(".*\\.(yaml|yml|json)")) {
        for (JsonNode document : DeployedFiles.documents(file)) {
          DeployedFiles.lists(document).forEach(ParsedLine::command);
        }
      }
    }
  }

  /** Python itself reads the DAG; its lists of words are those of the operators. */
  @Test
  void theDagCallsCommandLines(@TempDir Path work) throws Exception {
    Command python =
        Command.run(
            work,
            Map.of(),
            List.of(
                "bash",
                "-c",
                "command -v python3 >/dev/null || exit 9; exec python3 -c \"$1\" \"$2\"",
                "-",
                String.join(
                    "\n",
                    "import ast, json, sys",
                    "tree = ast.parse(open(sys.argv[1]).read())",
                    "word = lambda node: node.value if isinstance(node, ast.Constant) else"
                        + " 's3a://filled-in' + node.right.value",
                    "print(json.dumps([[word(item) for item in node.value.elts] for node in"
                        + " ast.walk(tree) if isinstance(node, ast.keyword) and node.arg =="
                        + " 'application_args']))"),
                DeployedFiles.file("airflow/nightjar_nightly.py").toString()));
    assumeTrue(python.exitCode() != 9, "Skipped: there is no python3");
    assertThat(python.exitCode()).as(python.err()).isZero();

    List<List<String>> lines = DeployedFiles.lists(new ObjectMapper().readTree(python.out()));

    assertThat(lines.stream().map(ParsedLine::command))
        .containsExactly("evaluate", "compare", "history");
  }

  /** Alarm and history, which succeed in any case, would end a DAG well that they alone end. */
  @Test
  void theLastTaskOfTheDagFailsWithTheGate(@TempDir Path work) throws Exception {
    Command python =
        Command.run(
            work,
            Map.of(),
            List.of(
                "bash",
                "-c",
                "command -v python3 >/dev/null || exit 9; exec python3 -c \"$1\" \"$2\"",
                "-",
                """
                import json, sys, types
                edges, rules = [], {}
                class Task:
                    def __init__(self, task_id, trigger_rule="all_success", **rest):
                        self.id = task_id
                        rules[task_id] = trigger_rule
                    def __rshift__(self, other):
                        edges.append([self.id, other.id])
                        return other
                    def __rrshift__(self, others):
                        edges.extend([other.id, self.id] for other in others)
                        return self
                class Dag:
                    def __init__(self, **rest): pass
                    def __enter__(self): return self
                    def __exit__(self, *rest): pass
                class Any(types.ModuleType):
                    __path__ = []
                    def __getattr__(self, name):
                        return Dag if name == "DAG" else Task
                for name in ["airflow", "airflow.operators", "airflow.operators.empty",
                             "airflow.providers", "airflow.providers.apache",
                             "airflow.providers.apache.spark",
                             "airflow.providers.apache.spark.operators",
                             "airflow.providers.apache.spark.operators.spark_submit",
                             "airflow.providers.http", "airflow.providers.http.operators",
                             "airflow.providers.http.operators.http"]:
                    sys.modules[name] = Any(name)
                exec(open(sys.argv[1]).read())
                print(json.dumps({"edges": edges, "rules": rules}))
                """,
                DeployedFiles.file("airflow/nightjar_nightly.py").toString()));
    assumeTrue(python.exitCode() != 9, "Skipped: there is no python3");
    assertThat(python.exitCode()).as(python.err()).isZero();

    JsonNode dag = new ObjectMapper().readTree(python.out());
    Map<String, Set<String>> before = new TreeMap<>();
    Set<String> last = new TreeSet<>();
    dag.get("rules").fieldNames().forEachRemaining(last::add);
    for (JsonNode edge : dag.get("edges")) {
      before
          .computeIfAbsent(edge.get(1).asText(), task -> new TreeSet<>())
          .add(edge.get(0).asText());
      last.remove(edge.get(0).asText());
    }

    assertThat(last).containsExactly("alarm", "passed");
    assertThat(dag.at("/rules/passed").asText()).isEqualTo("all_success");
    assertThat(before.get("passed")).containsExactly("compare", "evaluate", "history");
    assertThat(before.get("alarm")).containsExactly("compare", "evaluate");
    assertThat(dag.at("/rules/alarm").asText()).isEqualTo("one_failed");
  }

  @Test
  void manifestsAreWhatTheApiOfKubernetesTakes() throws Exception {
    CronJob cronJob = strict("kubernetes/cronjob.yaml", 0, CronJob.class);
    strict("kubernetes/cronjob.yaml", 1, CronJob.class);
    strict("kubernetes/access.yaml", 0, ServiceAccount.class);
    strict("kubernetes/access.yaml", 1, Role.class);
    strict("kubernetes/access.yaml", 2, RoleBinding.class);

    var pod = cronJob.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getRestartPolicy()).isEqualTo("Never");
  }

  @Test
  void theApplicationIsWhatTheOperatorTakes() throws Exception {
    try (InputStream schema =
        SchedulesTest.class.getResourceAsStream(
            "/deploy/scheduled-spark-application.v1beta2.schema.json")) {
      JsonNode application = DeployedFiles.documents("kubernetes/scheduled.yaml").get(0);

      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(application))
          .isEmpty();
    }
  }

  @Test
  void jobRunsAreWhatEmrTakes() throws Exception {
    var serverless =
        STRICT.treeToValue(
            DeployedFiles.documents("emr/serverless.json").get(0),
            com.amazonaws.services.emrserverless.model.StartJobRunRequest.class);
    StartJobRunRequest eks =
        STRICT.treeToValue(
            DeployedFiles.documents("emr/eks.json").get(0), StartJobRunRequest.class);

    assertThat(serverless.getJobDriver().getSparkSubmit().getSparkSubmitParameters())
        .startsWith("--class " + Nightjar.class.getName() + " ");
    assertThat(eks.getJobDriver().getSparkSubmitJobDriver().getSparkSubmitParameters())
        .startsWith("--class " + Nightjar.class.getName() + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "databricks", "emr", "airflow"})
  void everyClassNamedExists(String folder) throws Exception {
    int named = 0;
    for (String file : DeployedFiles.in(folder)) {
      Matcher classes =
          Pattern.compile("\\bio\\.nightjar\\.[a-z.]+\\.[A-Z]\\w+")
              .matcher(DeployedFiles.text(file));
      while (classes.find()) {
        assertThat(Class.forName(classes.group())).isNotNull();
        named++;
      }
    }
    assertThat(named).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "databricks", "emr", "airflow", "systemd"})
  void everyPropertyIsOneThatSparkDeclares(String folder) throws Exception {
    DeclaredProperties.load();
    int named = 0;
    for (String file : DeployedFiles.in(folder)) {
      Matcher keys =
          Pattern.compile("(?:(?<=-D)|(?<![\\w.-]))spark\\.[a-z][\\w.-]*(?==|\"?: )")
              .matcher(DeployedFiles.text(file));
      while (keys.find()) {
        assertThat(keys.group())
            .as("named in %s", file)
            .matches(key -> key.startsWith(OF_EMR) || DeclaredProperties.contain(key));
        named++;
      }
    }
    assertThat(named).isPositive();
  }

  /** Paths of the project: after COPY, in /opt/nightjar, in links and in commands. */
  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "databricks", "emr", "airflow", "systemd", "prometheus"})
  void everyFileOfTheProjectNamedExists(String folder) throws Exception {
    for (String file : DeployedFiles.in(folder)) {
      Matcher paths =
          Pattern.compile("\\b(?:deploy|notebooks|docs|conf)/[\\w./@-]*\\w")
              .matcher(DeployedFiles.text(file));
      while (paths.find()) {
        assertThat(Repository.file(paths.group())).as("named in %s", file).exists();
      }
    }
  }

  @Test
  void unitsAreWhatSystemdTakes(@TempDir Path work) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/systemd-analyze")), "Skipped: no systemd-analyze");
    List<String> units =
        DeployedFiles.in("systemd").stream()
            .filter(name -> !name.endsWith(".md"))
            .map(name -> DeployedFiles.file(name).toString())
            .toList();
    List<String> words = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    words.addAll(units);

    Command verified = Command.run(work, Map.of(), words);

    // Scripts that are not installed here are no fault of the units.
    assertThat(verified.err().lines().filter(line -> !line.contains("is not executable")))
        .isEmpty();
  }

  /** Fields that the API does not know end in a class's additional properties. */
  private static <T extends KubernetesResource> T strict(String file, int index, Class<T> type)
      throws IOException {
    JsonNode given = DeployedFiles.documents(file).get(index);
    T read = new ObjectMapper().treeToValue(given, type);
    assertThat(unknown(read)).as("fields of %s that %s does not have", file, type).isEmpty();
    return read;
  }

  private static List<String> unknown(Object value) {
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> names.addAll(unknown(item)));
    } else if (value instanceof KubernetesResource) {
      for (var method : value.getClass().getMethods()) {
        if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
          try {
            Object got = method.invoke(value);
            if (method.getName().equals("getAdditionalProperties")) {
              ((Map<?, ?>) got).keySet().forEach(key -> names.add(key.toString()));
            } else {
              names.addAll(unknown(got));
            }
          } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
          }
        }
      }
    }
    return names;
  }
}
