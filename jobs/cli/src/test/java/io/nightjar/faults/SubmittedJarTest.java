package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.Gate;
import io.nightjar.testing.GatedFileSystem;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import io.nightjar.testing.ServerProcess;
import io.nightjar.testing.StandaloneCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar for {@code spark-submit} on a standalone cluster that has Spark and nothing else, with
 * the driver where it is submitted and in the cluster.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SubmittedJarTest {
  private static final String NORMAL_IMAGE = "open .*/carpet/train/good/004\\.png";
  private static final List<String> IN_CLUSTER = List.of("--deploy-mode", "cluster");
  private static final List<String> SUPERVISED = List.of("--deploy-mode", "cluster", "--supervise");

  /** No run is as fast as that. */
  private static final String SLOWER = "slower>0.0001";

  private Path work;
  private Application application;
  private TinyCommand command;
  private StandaloneCluster cluster;
  private Results undisturbed;
  private Path folder;
  private Gate gate;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    work = directory;
    command = TinyCommand.in(work).withData(Gate.uri(work.resolve("data")));
    // Spark, and the file system of these tests.
    String classPath =
        Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip()
            + File.pathSeparator
            + ClassPaths.of(GatedFileSystem.class);
    application = new Application(classPath, Path.of(System.getProperty("nightjar.spark.jar")));
    cluster = StandaloneCluster.start(Files.createDirectory(work.resolve("cluster")), classPath, 2);
    gate = Gate.in(Files.createDirectory(work.resolve("open-gate")));
    folder = work;
    try (SubmittedRun run =
        submit(Application.of(work), "local[2]", List.of(), "undisturbed", List.of())) {
      assertThat(run.await()).as(run.console()).isZero();
    }
    undisturbed = Results.of(work.resolve("undisturbed"));
  }

  @BeforeEach
  void prepare(TestInfo test) throws IOException {
    folder = Files.createDirectory(work.resolve(test.getTestMethod().orElseThrow().getName()));
    gate = Gate.in(folder.resolve("gate"));
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void withItsDriverWhereItIsSubmitted() throws Exception {
    assertUndisturbed(List.of());

    assertThat(ended(List.of(), "gated", gated()).code()).isEqualTo(5);
  }

  @Test
  void withItsDriverInTheCluster() throws Exception {
    assertUndisturbed(IN_CLUSTER);
  }

  /** What Spark 3.5 says to the process that waits for a driver in the cluster. */
  @Test
  void sparkReportsNoExitCodeOfADriverInTheCluster() throws Exception {
    Ended ended = ended(IN_CLUSTER, "gated", gated());

    assertThat(ended.code()).as(ended.console()).isZero();
    assertThat(cluster.logs()).contains("exited with failure", "Not passed: the run took");
  }

  /** The driver says itself how it ended, and the script waits for that. */
  @Test
  void theScriptEndsWithTheExitCodeOfADriverInTheCluster() throws Exception {
    Ended passed = script("passed", List.of());
    assertThat(passed.code()).as(passed.console()).isZero();
    assertThat(Results.of(folder.resolve("passed"))).isEqualTo(undisturbed);

    Ended outcome = script("gated", gated());
    assertThat(outcome.code()).as(outcome.console()).isEqualTo(5);
    assertThat(outcome.console()).contains("with exit code 5: ");

    // A driver that refuses its command line has no results to say so among.
    Path status = folder.resolve("status.json");
    Ended refused = script("refused", List.of("--frobnicate", "--status-file", status.toString()));
    assertThat(refused.code()).as(refused.console()).isEqualTo(2);
    assertThat(refused.console()).contains("with exit code 2: ", "--frobnicate");
  }

  /** The script of {@code deploy/}, with the Spark of these tests. */
  private Ended script(String out, List<String> more) throws Exception {
    Path home = folder.resolve("spark-of-" + out);
    Path submit = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    List<String> java = new ArrayList<>(JavaCommand.of(application.classPath()));
    java.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    java.addAll(List.of("-Xmx1g", "org.apache.spark.deploy.SparkSubmit"));
    Files.writeString(submit, "#!/bin/sh\nexec '" + String.join("' '", java) + "' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    List<String> words = new ArrayList<>();
    words.add(Repository.file("deploy/spark-submit/nightjar-submit").toString());
    words.addAll(List.of("--master", cluster.master(), "--deploy-mode", "cluster"));
    words.addAll(List.of("--executors", "2", "--cores", "1", "--memory", "1g"));
    words.addAll(List.of("--jar", application.jar().toString()));
    properties().forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    for (String side : List.of("driver", "executor")) {
      String key = "spark." + side + ".extraClassPath";
      words.addAll(List.of("--conf", key + "=" + application.classPath()));
    }
    words.add("--");
    words.addAll(command.evaluate(Gate.uri(folder.resolve(out)), more));
    Path console = folder.resolve(out + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(console.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_DIRS", cluster.local().toString());
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(Files.readString(console)).isTrue();
    return new Ended(process.exitValue(), Files.readString(console));
  }

  @Test
  void aSupervisedDriverThatIsKilledGoesOn() throws Exception {
    int before = cluster.driversStarted();
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, 2);
    try (SubmittedRun run = submit(SUPERVISED, "out", List.of())) {
      hold.await(run.process());
      ServerProcess.kill(cluster.drivers().get(0));
      hold.release();

      assertThat(run.await()).as(() -> run.console() + cluster.logs()).isZero();
    }
    assertThat(Results.of(folder.resolve("out"))).isEqualTo(undisturbed);
    assertThat(cluster.driversStarted() - before).isEqualTo(2);
  }

  @Test
  void aSupervisedDriverThatDidNotPassItsGateIsNotStartedAgain() throws Exception {
    int before = cluster.driversStarted();

    Ended ended = ended(SUPERVISED, "gated", gated());

    assertThat(ended.code()).as(ended.console()).isZero();
    assertThat(cluster.logs())
        .contains("would be started again after exit code 5, so it ends with 0");
    assertThat(cluster.driversStarted() - before).isEqualTo(1);
  }

  private record Ended(int code, String console) {}

  private void assertUndisturbed(List<String> submission) throws Exception {
    Ended ended = ended(submission, "out", List.of());

    assertThat(ended.code()).as(ended.console()).isZero();
    assertThat(Results.of(folder.resolve("out"))).isEqualTo(undisturbed);
  }

  private List<String> gated() {
    return List.of("--baseline", Gate.uri(work.resolve("undisturbed")), "--fail-on", SLOWER);
  }

  private Ended ended(List<String> submission, String out, List<String> more) throws Exception {
    try (SubmittedRun run = submit(submission, out, more)) {
      return new Ended(run.await(), run.console());
    }
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>(SubmittedRun.properties());
    gate.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    return properties;
  }

  private SubmittedRun submit(List<String> submission, String out, List<String> more)
      throws IOException {
    return submit(application, cluster.master(), submission, out, more);
  }

  private SubmittedRun submit(
      Application submitted, String master, List<String> submission, String out, List<String> more)
      throws IOException {
    Map<String, String> properties = properties();
    properties.put("spark.standalone.submit.waitAppCompletion", "true");
    List<String> where = new ArrayList<>(List.of("--master", master));
    where.addAll(submission);
    return SubmittedRun.start(
        folder,
        submitted,
        Map.of(
            "SPARK_HOME", cluster.home().toString(),
            "SPARK_LOCAL_DIRS", cluster.local().toString()),
        where,
        properties,
        command.evaluate(Gate.uri(folder.resolve(out)), more));
  }
}
