package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.Sparks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ProbeClusterTest {
  @Test
  void aProcessOfItsOwnAnswersForItself() {
    List<Finding> found = new ProbeCluster(Sparks.local(2)).execute();

    assertThat(found)
        .extracting(Finding::subject)
        .containsExactly("application", "memory of tasks", "executors", "executors' disks");
    assertThat(found).noneMatch(Finding.Problem.class::isInstance);
    assertThat(found.get(0).figures())
        .containsEntry("master", "local[2]")
        .containsEntry("parallelism", 2)
        .containsEntry("executors", 1);
    assertThat(found.get(2).figures()).containsEntry("executors", List.of("driver"));
  }

  @Test
  void everyExecutorOfAClusterAnswers(@TempDir Path folder) throws IOException {
    Sparks.stop();
    SparkSession cluster = LocalCluster.start(3, 1, Map.of());
    try {
      List<Finding> found =
          new ProbeCluster(cluster)
              .places(List.of(folder.toString(), folder + "/absent"))
              .limit(Duration.ofMinutes(10))
              .execute();

      assertThat(found)
          .as("%s", found)
          .extracting(Finding::subject)
          .containsExactly(
              "application",
              "memory of tasks",
              "executors",
              "executors' disks",
              "executors' clocks",
              "executors' view",
              "executors' view");
      assertThat(found).noneMatch(Finding.Problem.class::isInstance);
      assertThat(found.get(0).figures()).containsEntry("executors", 3);
      assertThat((List<?>) found.get(2).figures().get("executors"))
          .hasSize(3)
          .noneMatch("driver"::equals);
      assertThat(found.get(4).figures()).containsEntry("compared", 3);
      assertThat(found.get(5)).isInstanceOf(Finding.Ok.class);
      assertThat(found.get(6).sentence()).contains("Neither the driver nor 3 executors");
    } finally {
      cluster.stop();
    }
  }

  /** Spark's classes without Nightjar's: the wrong jar, or none, on the executors. */
  @Test
  void executorsWithoutNightjarAreAFinding() throws IOException {
    Sparks.stop();
    String own = ClassPaths.of(ProbeCluster.class);
    String others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.equals(own))
            .collect(Collectors.joining(File.pathSeparator));
    SparkSession cluster =
        LocalCluster.start(1, 1, Map.of("spark.executor.extraClassPath", others));
    try {
      List<Finding> found = new ProbeCluster(cluster).limit(Duration.ofMinutes(10)).execute();

      assertThat(found).last().isInstanceOf(Finding.Problem.class);
      assertThat(found.get(found.size() - 1).sentence())
          .startsWith("The job on the executors failed: ");
      assertThat(found.get(found.size() - 1).remedy()).contains("the jar did not reach");
    } finally {
      cluster.stop();
    }
  }

  /** More cores than a worker has: no executor ever comes. */
  @Test
  void aClusterWithoutRoomIsGivenUp() throws IOException {
    Sparks.stop();
    SparkSession cluster =
        LocalCluster.start(
            1,
            1,
            Map.of(
                "spark.executor.cores",
                "2",
                "spark.scheduler.maxRegisteredResourcesWaitingTime",
                "1s"));
    try {
      List<Finding> found = new ProbeCluster(cluster).limit(Duration.ofSeconds(2)).execute();

      assertThat(found).last().isInstanceOf(Finding.Problem.class);
      assertThat(found.get(found.size() - 1).sentence())
          .isEqualTo("No executor has come within 4 s.");
    } finally {
      cluster.stop();
    }
  }
}
