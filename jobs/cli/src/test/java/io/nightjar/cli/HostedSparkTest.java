package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The entry point in a process whose Spark is a host's, as in a task of Databricks. */
@Tag("slow")
class HostedSparkTest {
  private SparkSession host;

  @BeforeEach
  void start() {
    host = Sparks.local(2);
  }

  @Test
  void aCommandUsesTheHostsSparkAndLeavesItRunning(@TempDir Path work) throws Exception {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWeights(work.resolve("resnet18.safetensors"));
    Path banks = work.resolve("banks");

    Nightjar.main(
        new String[] {
          "build-bank",
          "--data",
          data.toString(),
          "--weights",
          weights.toString(),
          "--backbone",
          "resnet18",
          "--image-size",
          "64",
          "--grid",
          "8",
          "--bank",
          banks.toString()
        });

    assertThat(banks.resolve("bottle/bank.json")).exists();
    assertThat(host.range(3).count()).isEqualTo(3);
  }

  @Test
  void aCommandThatFailsThrowsAndDoesNotEndTheHost(@TempDir Path work) throws Exception {
    Path empty = Files.createDirectory(work.resolve("empty"));
    String[] line = {
      "metrics", "--data", empty.toString(), "--maps", empty.toString(), "--out", work + "/out"
    };

    assertThatThrownBy(() -> Nightjar.main(line))
        .hasMessage("Nightjar ended with exit code 2. The last lines of its output say why.");
    assertThat(host.range(3).count()).isEqualTo(3);
  }

  @Test
  void settingsForSparkAreRefused(@TempDir Path work) {
    String[] line = {
      "clean", "--store", work.toString(), "--keep-days", "1", "--master", "local[1]"
    };

    assertThatThrownBy(() -> Nightjar.main(line))
        .hasMessageContaining("exit code 2")
        .isNotInstanceOf(InvalidInputException.class);
    assertThat(host.sparkContext().isStopped()).isFalse();
  }
}
