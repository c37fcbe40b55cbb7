package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Gate;
import io.nightjar.testing.GatedFileSystem;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import io.nightjar.testing.ServerProcess;
import io.nightjar.testing.YarnCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The jar for {@code spark-submit}, submitted to YARN by the script of {@code deploy/}. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YarnTest {
  private static final String NORMAL_IMAGE = "open .*/carpet/train/good/004\\.png";
  private static final int MINUTES = 10;

  /** No run is as fast as that. */
  private static final List<String> IMPOSSIBLE = List.of("--fail-on", "slower>0.0001");

  private Path work;
  private TinyCommand command;
  private SparkHome spark;
  private YarnCluster yarn;
  private Path gateClasses;
  private Results undisturbed;
  private Path folder;
  private Gate gate;

  private record Ended(int code, String console) {}

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    work = directory;
    command = TinyCommand.in(work).withData(Gate.uri(work.resolve("data")));
    spark =
        SparkHome.create(
            work.resolve("spark"),
            Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip());
    yarn = YarnCluster.start(work.resolve("yarn"));
    gateClasses = gateClasses();
    gate = Gate.in(Files.createDirectory(work.resolve("open-gate")));
    folder = work;
    Map<String, String> properties = SubmittedRun.properties();
    gate.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    try (SubmittedRun run =
        SubmittedRun.start(
            work,
            Application.of(work),
            Map.of("SPARK_LOCAL_DIRS", work.resolve("local").toString()),
            List.of("--master", "local[2]"),
            properties,
            command.evaluate(Gate.uri(work.resolve("undisturbed")), List.of()))) {
      assertThat(run.await()).as(run.console()).isZero();
    }
    undisturbed = Results.of(work.resolve("undisturbed"));
  }

  /** Without the tests' settings of Hadoop, which Spark would send to the containers. */
  private Path gateClasses() throws IOException {
    Path classes = work.resolve("gate-classes");
    List<Class<?>> all = new ArrayList<>(List.of(GatedFileSystem.class, Gate.class));
    all.addAll(List.of(Gate.class.getDeclaredClasses()));
    for (Class<?> one : all) {
      String name = one.getName().replace('.', '/') + ".class";
      Files.createDirectories(classes.resolve(name).getParent());
      try (InputStream in = one.getClassLoader().getResourceAsStream(name)) {
        Files.copy(in, classes.resolve(name));
      }
    }
    return classes;
  }

  @BeforeEach
  void prepare(TestInfo test) throws IOException {
    folder = Files.createDirectory(work.resolve(test.getTestMethod().orElseThrow().getName()));
    gate = Gate.in(folder.resolve("gate"));
  }

  @AfterAll
  void stop() {
    if (yarn != null) {
      yarn.close();
    }
  }

  @Test
  void withItsDriverWhereItIsSubmitted() throws Exception {
    Ended passed = submit("client", Map.of(), evaluate("out", List.of()));
    assertThat(passed.code()).as(passed.console() + yarn.containerLogs()).isZero();
    assertThat(Results.of(folder.resolve("out"))).isEqualTo(undisturbed);

    Ended refused = submit("client", Map.of(), evaluate("refused", List.of("--frobnicate")));
    assertThat(refused.code()).as(refused.console()).isEqualTo(2);
    assertThat(refused.console()).contains("--frobnicate");
  }

  @Test
  void withItsDriverInTheCluster() throws Exception {
    Ended passed = submit("cluster", Map.of(), evaluate("out", List.of()));
    assertThat(passed.code()).as(passed.console() + yarn.containerLogs()).isZero();
    assertThat(yarn.newest().getFinalApplicationStatus())
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(Results.of(folder.resolve("out"))).isEqualTo(undisturbed);
  }

  @Test
  void aDriverInTheClusterThatFailsSaysSoAndWithWhat() throws Exception {
    Ended outcome = submit("cluster", Map.of(), evaluate("gated", gated()));
    assertThat(outcome.code()).as(outcome.console() + yarn.containerLogs()).isEqualTo(5);
    assertThat(outcome.console()).contains("with exit code 5: ");
    assertThat(yarn.newest().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(yarn.newest().getDiagnostics()).contains("Nightjar ended with exit code 5.");
    assertThat(yarn.attempts()).isEqualTo(1);

    // A driver that refuses its command line has no results to say so among.
    Path status = folder.resolve("status.json");
    Ended refused =
        submit(
            "cluster",
            Map.of(),
            evaluate("refused", List.of("--frobnicate", "--status-file", status.toString())));
    assertThat(refused.code()).as(refused.console() + yarn.containerLogs()).isEqualTo(2);
    assertThat(refused.console()).contains("with exit code 2: ", "--frobnicate");
    assertThat(yarn.newest().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(yarn.newest().getDiagnostics()).contains("exitCode: 13", "--frobnicate");
  }

  @Test
  void aDriverThatIsKilledIsStartedAgainAndGoesOn() throws Exception {
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, 2);
    Submission run = start("cluster", twice(), evaluate("out", List.of()));
    try {
      hold.await(run.process());
      ServerProcess.kill(yarn.drivers().get(0));
      hold.release();

      Ended ended = run.end();
      assertThat(ended.code()).as(ended.console() + yarn.containerLogs()).isZero();
    } finally {
      run.process().destroyForcibly();
    }
    assertThat(yarn.attempts()).isEqualTo(2);
    assertThat(Results.of(folder.resolve("out"))).isEqualTo(undisturbed);
  }

  @Test
  void aSecondAttemptOfAFinishedRunHasTheOutcomeOfTheFirst() throws Exception {
    Ended outcome = submit("cluster", twice(), evaluate("gated", gated()));

    assertThat(outcome.code()).as(outcome.console() + yarn.containerLogs()).isEqualTo(5);
    assertThat(outcome.console()).contains("with exit code 5: ");
    assertThat(yarn.attempts()).isEqualTo(2);
    assertThat(yarn.containerLogs()).contains("the results of this run");
  }

  private static Map<String, String> twice() {
    return Map.of("spark.yarn.maxAppAttempts", "2");
  }

  private List<String> gated() {
    List<String> gated = new ArrayList<>(IMPOSSIBLE);
    gated.addAll(List.of("--baseline", Gate.uri(work.resolve("undisturbed"))));
    return gated;
  }

  private List<String> evaluate(String out, List<String> more) {
    return command.evaluate(Gate.uri(folder.resolve(out)), more);
  }

  private Ended submit(String mode, Map<String, String> more, List<String> arguments)
      throws Exception {
    return start(mode, more, arguments).end();
  }

  private record Submission(Process process, Path console) {
    Ended end() throws IOException, InterruptedException {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as(Files.readString(console)).isTrue();
      return new Ended(process.exitValue(), Files.readString(console));
    }
  }

  private Submission start(String mode, Map<String, String> more, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Repository.file("deploy/spark-submit/nightjar-submit").toString());
    words.addAll(List.of("--master", "yarn", "--deploy-mode", mode));
    words.addAll(List.of("--executors", "2", "--cores", "1", "--memory", "1g"));
    words.addAll(List.of("--jar", System.getProperty("nightjar.spark.jar")));
    properties(more).forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.add("--");
    words.addAll(arguments);
    Path console = Files.createTempFile(folder, "console", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", spark.folder().toString(),
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_LOCAL_DIRS", work.resolve("local").toString(),
                "SPARK_SUBMIT_OPTS", options(),
                "HADOOP_CONF_DIR", yarn.configuration().toString(),
                "JAVA_HOME", System.getProperty("java.home")));
    return new Submission(builder.start(), console);
  }

  private Map<String, String> properties(Map<String, String> more) {
    Map<String, String> properties = new TreeMap<>();
    gate.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    for (String side : List.of("driver", "executor")) {
      properties.put("spark." + side + ".extraClassPath", gateClasses.toString());
      properties.put("spark." + side + ".extraJavaOptions", options());
      properties.put("spark." + side + ".memoryOverhead", "1g");
    }
    properties.put("spark.driver.memory", "1g");
    // Its pages need a jar for YARN's proxy that only distributions of Spark have.
    properties.put("spark.ui.enabled", "false");
    properties.put("spark.yarn.appMasterEnv.SPARK_LOCAL_IP", "127.0.0.1");
    properties.put("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
    properties.put("spark.yarn.jars", spark.jarsOnEveryNode());
    properties.put("spark.yarn.stagingDir", work.resolve("staging").toUri().toString());
    properties.put("spark.yarn.report.interval", "200ms");
    properties.putAll(more);
    return properties;
  }

  private static String options() {
    List<String> options = new ArrayList<>(JavaCommand.SHORT_LIVED);
    options.addAll(JavaCommand.locale());
    return String.join(" ", options);
  }
}
