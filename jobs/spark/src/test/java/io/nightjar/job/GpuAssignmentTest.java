package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.TaskDevice;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node with two GPUs, as a fake discovery script reports it, and an executor process for each.
 * The addresses are none that a machine has, so that nothing can be opened and device 0 is
 * recognised.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpuAssignmentTest {
  private static final List<String> ADDRESSES = List.of("41", "57");
  private static final int TASKS = 6;

  private Path work;
  private SparkSession spark;
  private List<Seen> tasks;

  /** What one task saw. */
  private record Seen(
      String executor,
      List<String> assigned,
      String gpu,
      String auto,
      String checkRefusal,
      String embedderRefusal,
      String automaticRefusal)
      implements Serializable {}

  @BeforeAll
  void startNodeWithTwoGpus(@TempDir Path directory) throws IOException {
    work = directory;
    Path script = directory.resolve("fake-gpu-discovery.sh");
    Files.writeString(
        script,
        Text.format(
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"%s\"]}'\n",
            String.join("\", \"", ADDRESSES)));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    spark =
        LocalCluster.start(
            1,
            2,
            Map.of(
                "spark.worker.resource.gpu.amount",
                Integer.toString(ADDRESSES.size()),
                "spark.worker.resource.gpu.discoveryScript",
                script.toString(),
                "spark.executor.resource.gpu.amount",
                "1",
                "spark.task.resource.gpu.amount",
                "1"));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<BackboneModel> backbone = context.broadcast(TinyDataset.backbone());
    tasks =
        context
            .parallelize(List.of(1, 2, 3, 4, 5, 6), TASKS)
            .map(number -> see(backbone.value()))
            .collect();
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void everyExecutorHasItsOwnDevice() {
    assertThat(tasks).hasSize(TASKS);
    assertThat(tasks).allSatisfy(task -> assertThat(task.assigned()).hasSize(1));
    assertThat(tasks.stream().flatMap(task -> task.assigned().stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(ADDRESSES);
    assertThat(tasks.stream().map(Seen::executor).distinct()).hasSize(2).doesNotContain("driver");
  }

  @Test
  void everyTaskChoosesTheDeviceThatSparkAssignedToIt() {
    assertThat(tasks)
        .allSatisfy(
            task -> {
              String device = "gpu " + task.assigned().get(0);
              assertThat(task.gpu()).isEqualTo(device);
              assertThat(task.auto()).isEqualTo(device);
            });
  }

  @Test
  void whereItCannotBeUsedTheTaskRefusesAndNamesIt() {
    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.checkRefusal())
                  .startsWith(
                      Text.format(
                          "The GPU %s (assigned by Spark) was requested and cannot be used: ",
                          task.assigned().get(0)));
              assertThat(task.embedderRefusal()).isEqualTo(task.checkRefusal());
              // Who gave Spark a GPU does not want the CPU's speed, whatever the request's default.
              assertThat(task.automaticRefusal()).isEqualTo(task.checkRefusal());
            });
  }

  @Test
  void anEvaluationThatAsksForItIsRefusedBeforeAnyWork() {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path out = work.resolve("out");
    EvaluateDataset evaluation =
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .out(out.toString())
            .options(TinyEvaluation.options().device(DeviceRequest.GPU).build());

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "The GPU (41|57) \\(assigned by Spark\\) was requested and cannot be used: .*");
    assertThat(out).doesNotExist();
  }

  private static Seen see(BackboneModel backbone) {
    return new Seen(
        SparkEnv.get().executorId(),
        List.of(TaskContext.get().resourcesJMap().get("gpu").addresses()),
        TaskDevice.of(DeviceRequest.GPU, id -> Optional.empty()).device(),
        TaskDevice.of(DeviceRequest.AUTO, id -> Optional.empty()).device(),
        refusal(() -> Embedders.refuseIfUnusable(DeviceRequest.GPU)),
        refusal(() -> Embedders.forTask(backbone, DeviceRequest.GPU, 1)),
        refusal(() -> Embedders.forTask(backbone, DeviceRequest.AUTO, 1)));
  }

  private static String refusal(Runnable work) {
    try {
      work.run();
      return "";
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }
}
