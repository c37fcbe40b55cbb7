package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.CommandLines;
import io.nightjar.testing.Gate;
import io.nightjar.testing.ServerProcess;
import io.nightjar.testing.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster of processes, of which one is killed at a known moment: the results are
 * those of a run on one machine that nothing disturbed, to the bit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFaultsTest {
  /** The third that an executor embeds, with two chunks done or under way before it. */
  private static final String NORMAL_IMAGE = "open .*/carpet/train/good/004\\.png";

  private static final String TEST_IMAGE = "open .*/carpet/test/good/000\\.png";

  private static final int WORKERS = 2;

  /** Files are opened when they are inspected, and again when they are embedded. */
  private static final int EMBEDDED = 2;

  /** Spark's spark.task.maxFailures. */
  private static final int ATTEMPTS = 4;

  private Path work;
  private TinyCommand command;
  private Application application;
  private Results undisturbed;

  private Path folder;
  private Gate gate;
  private StandaloneCluster cluster;

  @BeforeAll
  void evaluateOnOneMachine(@TempDir Path directory) throws Exception {
    work = directory;
    command = TinyCommand.in(work).withData(Gate.uri(work.resolve("data")));
    application = Application.of(directory);
    gate = Gate.in(Files.createDirectory(work.resolve("open-gate")));
    List<String> line =
        command.evaluate(Gate.uri(work.resolve("undisturbed")), List.of("--reuse", "none"));
    line.addAll(List.of("--master", "local[2]"));
    gate.hadoopProperties()
        .forEach(
            (key, value) -> line.addAll(List.of("--conf", "spark.hadoop." + key + "=" + value)));
    CommandLines.Ended ended = CommandLines.run(line.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    undisturbed = Results.of(work.resolve("undisturbed"));
    assertThat(undisturbed.files()).containsKeys("metrics.json", "curves/carpet.json");
    cluster =
        StandaloneCluster.start(
            Files.createDirectory(work.resolve("cluster")), application.classPath(), WORKERS);
  }

  @BeforeEach
  void prepare(TestInfo test) throws Exception {
    folder = Files.createDirectory(work.resolve(test.getTestMethod().orElseThrow().getName()));
    gate = Gate.in(folder.resolve("gate"));
  }

  @AfterAll
  void stopTheCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** The one that {@code mvn verify} runs. */
  @Test
  @Tag("slow")
  void anExecutorKilledWhileItEmbeds() throws Exception {
    killedAt(gate.hold(NORMAL_IMAGE, EMBEDDED), List.of());

    assertThat(gate.count(NORMAL_IMAGE)).isGreaterThanOrEqualTo(EMBEDDED);
  }

  @Test
  @Tag("faults")
  void patchesThatDiedWithTheirExecutorAreComputedAgain() throws Exception {
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, EMBEDDED);
    try (SubmittedRun run = submit(List.of(), Map.of(), List.of())) {
      long held = hold.await(run.process());
      await(() -> embedded().size() >= 8, run);
      Thread.sleep(1000); // until their tasks have reported them
      List<String> kept = embedded();
      ServerProcess.kill(other(held));
      hold.release();

      assertUndisturbed(run);
      List<String> again =
          kept.stream().filter(image -> gate.count("open .*" + image) > EMBEDDED).toList();
      assertThat(again).as("computed again").hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  @Tag("faults")
  void anExecutorKilledWhileItSearches() throws Exception {
    killedAt(gate.hold(TEST_IMAGE, EMBEDDED), List.of());
  }

  @Test
  @Tag("faults")
  void anExecutorKilledWhileItWritesResults() throws Exception {
    killedAt(gate.hold("create .*/maps/.*/part-.*", 1), List.of());
  }

  @Test
  @Tag("faults")
  void aWorkerLostWithItsExecutor() throws Exception {
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, EMBEDDED);
    try (SubmittedRun run = submit(List.of(), Map.of(), List.of())) {
      ProcessHandle executor = cluster.executor(hold.await(run.process()));
      Process worker = cluster.workerOf(executor);
      ServerProcess.kill(worker.toHandle());
      ServerProcess.kill(executor);
      hold.release();

      assertUndisturbed(run);
    } finally {
      cluster.addWorker();
    }
  }

  @Test
  @Tag("faults")
  void aTaskThatSparkRunsTwice() throws Exception {
    Gate.Hold hold = gate.hold(TEST_IMAGE, EMBEDDED);
    Map<String, String> speculation =
        Map.of(
            "spark.speculation", "true",
            "spark.speculation.interval", "100ms",
            "spark.speculation.quantile", "0.1",
            "spark.speculation.multiplier", "1.01",
            "spark.speculation.minTaskRuntime", "100ms");
    try (SubmittedRun run = submit(List.of(), speculation, List.of())) {
      hold.await(run.process());
      // Opened a third time, by the copy of the task.
      await(() -> gate.count(TEST_IMAGE) >= EMBEDDED, run);
      assertUndisturbed(run);
    } finally {
      hold.release();
    }
  }

  @Test
  @Tag("faults")
  void aDecommissionedWorkerHandsItsBlocksOver() throws Exception {
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, EMBEDDED);
    Map<String, String> migration =
        Map.of(
            "spark.decommission.enabled", "true",
            "spark.storage.decommission.enabled", "true",
            "spark.storage.decommission.replicationReattemptInterval", "1s");
    try (SubmittedRun run = submit(List.of(), migration, List.of())) {
      long held = hold.await(run.process());
      await(() -> embedded().size() >= 8, run);
      Thread.sleep(1000); // until their tasks have reported them
      ProcessHandle leaving = other(held);
      long worker = cluster.workerOf(leaving).pid();
      new ProcessBuilder("kill", "-PWR", Long.toString(worker)).inheritIO().start().waitFor();
      ServerProcess.awaitEnd(leaving);
      hold.release();

      assertUndisturbed(run);
      assertThat(gate.accesses())
          .as("nothing is computed again")
          .filteredOn(access -> access.matches("open .*/carpet/train/.*"))
          .hasSize(9 * EMBEDDED);
    } finally {
      cluster.addWorker();
    }
  }

  @Test
  @Tag("faults")
  void anExecutorKilledInClusterMode() throws Exception {
    Gate.Hold hold = gate.hold(NORMAL_IMAGE, EMBEDDED);
    try (SubmittedRun run =
        submit(
            List.of("--deploy-mode", "cluster"),
            Map.of("spark.standalone.submit.waitAppCompletion", "true"),
            List.of())) {
      ServerProcess.kill(cluster.executor(hold.await(run.process())));
      hold.release();
      assertUndisturbed(run);
    }
  }

  /** As often as Spark tries a task: one category fails by name, and the other one is complete. */
  @Test
  @Tag("faults")
  void executorsLostOneAfterTheOtherFailTheirCategoryAlone() throws Exception {
    List<Gate.Hold> holds = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      holds.add(gate.hold(NORMAL_IMAGE, EMBEDDED + attempt));
    }
    try (SubmittedRun run = submit(List.of(), Map.of(), List.of())) {
      for (Gate.Hold hold : holds) {
        ServerProcess.kill(cluster.executor(hold.await(run.process())));
      }

      assertThat(run.await()).as(() -> run.console() + cluster.logs()).isEqualTo(3);
      assertThat(run.console())
          .containsPattern(
              "carpet +FAILED: 4 executors were lost one after the other while they worked on the same"
                  + " images, the last on 127\\.0\\.0\\.\\d+ \\(Command exited with code 137\\)");
    }
    Map<String, String> files = Results.of(folder.resolve("out")).files();
    assertThat(files).doesNotContainKey("curves/carpet.json");
    assertThat(files.get("curves/bottle.json"))
        .isNotEmpty()
        .isEqualTo(undisturbed.files().get("curves/bottle.json"));
  }

  private void killedAt(Gate.Hold hold, List<String> more) throws Exception {
    try (SubmittedRun run = submit(List.of(), Map.of(), more)) {
      ServerProcess.kill(cluster.executor(hold.await(run.process())));
      hold.release();
      assertUndisturbed(run);
    }
  }

  private void assertUndisturbed(SubmittedRun run) throws Exception {
    assertThat(run.await()).as(() -> run.console() + cluster.logs()).isZero();
    assertThat(Results.of(folder.resolve("out")).files())
        .containsExactlyInAnyOrderEntriesOf(undisturbed.files());
  }

  /** The normal images of carpet that were opened to be embedded. */
  private List<String> embedded() {
    return gate.accesses().stream()
        .filter(access -> access.matches("open .*/carpet/train/good/.*"))
        .map(access -> access.substring(access.indexOf("/carpet/")))
        .distinct()
        .filter(image -> gate.count("open .*" + image) >= EMBEDDED)
        .sorted()
        .toList();
  }

  private ProcessHandle other(long executor) {
    return cluster.executors().stream()
        .filter(process -> process.pid() != executor)
        .findFirst()
        .orElseThrow();
  }

  private SubmittedRun submit(
      List<String> submission, Map<String, String> properties, List<String> arguments)
      throws IOException {
    return submit("out", submission, properties, arguments);
  }

  private SubmittedRun submit(
      String out, List<String> submission, Map<String, String> properties, List<String> arguments)
      throws IOException {
    List<String> where = new ArrayList<>(List.of("--master", cluster.master()));
    where.addAll(submission);
    return start(
        Map.of(
            "SPARK_HOME", cluster.home().toString(),
            "SPARK_LOCAL_DIRS", cluster.local().toString()),
        where,
        properties,
        out,
        arguments);
  }

  private SubmittedRun start(
      Map<String, String> environment,
      List<String> submission,
      Map<String, String> properties,
      String out,
      List<String> more)
      throws IOException {
    Map<String, String> all = SubmittedRun.properties();
    gate.hadoopProperties().forEach((key, value) -> all.put("spark.hadoop." + key, value));
    all.putAll(properties);
    List<String> options = new ArrayList<>(more);
    if (!more.contains("--reuse")) {
      options.addAll(List.of("--reuse", "none"));
    }
    List<String> arguments = command.evaluate(Gate.uri(folder.resolve(out)), options);
    return SubmittedRun.start(folder, application, environment, submission, all, arguments);
  }

  private static void await(Callable<Boolean> condition, SubmittedRun run) throws Exception {
    long deadline = System.nanoTime() + 600_000_000_000L;
    while (!condition.call()) {
      assertThat(run.process().isAlive() && System.nanoTime() < deadline).as(run::console).isTrue();
      Thread.sleep(100);
    }
  }
}
