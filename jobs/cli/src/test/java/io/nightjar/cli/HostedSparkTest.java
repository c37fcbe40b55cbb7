package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.jline.utils.Signals;
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

    Nightjar.main(buildBank(data, weights, banks));

    assertThat(banks.resolve("bottle/bank.json")).exists();
    assertThat(host.range(3).count()).isEqualTo(3);
  }

  private static String[] buildBank(Path data, Path weights, Path banks) {
    return new String[] {
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
    };
  }

  /** As where a host has made its context by itself. */
  @Test
  void aContextOfWhichNoSessionWasMadeIsAHostsAsWell(@TempDir Path work) throws Exception {
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    Path banks = work.resolve("banks");
    try {
      Nightjar.main(
          buildBank(
              TinyDataset.generate(work.resolve("data")),
              TinyDataset.writeWeights(work.resolve("resnet18.safetensors")),
              banks));
      assertThatThrownBy(() -> Nightjar.main(new String[] {"clean", "--frobnicate"}))
          .hasMessageContaining("exit code 2");
    } finally {
      SparkSession.setDefaultSession(host);
    }

    assertThat(banks.resolve("bottle/bank.json")).exists();
    assertThat(host.sparkContext().isStopped()).isFalse();
    assertThat(host.range(3).count()).isEqualTo(3);
  }

  @Test
  void signalsStayTheHosts(@TempDir Path work) throws Exception {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWeights(work.resolve("resnet18.safetensors"));
    Path banks = work.resolve("banks");
    CountDownLatch received = new CountDownLatch(2);
    AtomicInteger jobs = new AtomicInteger();
    SparkListener sender =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            if (jobs.incrementAndGet() <= 2) {
              terminate();
            }
          }
        };
    Object before = Signals.register("TERM", received::countDown);
    host.sparkContext().addSparkListener(sender);
    try {
      Nightjar.main(buildBank(data, weights, banks));
    } finally {
      host.sparkContext().removeSparkListener(sender);
      assertThat(received.await(10, TimeUnit.MINUTES)).isTrue();
      Signals.unregister("TERM", before);
    }

    assertThat(banks.resolve("bottle/bank.json")).exists();
    assertThat(host.range(3).count()).isEqualTo(3);
  }

  private static void terminate() {
    try {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-TERM", pid).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
