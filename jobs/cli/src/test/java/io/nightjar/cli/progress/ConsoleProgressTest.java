package io.nightjar.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.options.StageWork;
import io.nightjar.job.options.StageWork.Counted;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final StringWriter printed = new StringWriter();
  private final PrintWriter err = new PrintWriter(printed);

  private static StageWork images(long total, long done) {
    return new StageWork(
        "embed normal images",
        Counted.IMAGES,
        total,
        () -> done,
        "compute the principal components");
  }

  private List<String> lines() {
    err.flush();
    return printed.toString().lines().toList();
  }

  @Test
  void aLineIsPrintedForEachStageAndForItsEnd() {
    try (ConsoleProgress progress = new LineProgress(err)) {
      progress.begins(Map.of("bottle", 20, "metal_nut", 30, "screw", 40));
      progress.stage("bottle", images(20, 0));
      progress.stage("bottle", StageWork.unmeasured("write the bank"));
      progress.finished("bottle", "AUPRC 0.5");
      progress.failed("metal_nut", "It has no image.");
    }

    assertThat(lines()).allMatch(line -> line.matches("\\[\\d\\d:\\d\\d\\] .*"));
    assertThat(lines().stream().map(line -> line.substring(8)))
        .containsExactly(
            "bottle       embed normal images: 20 images",
            "bottle       write the bank",
            "bottle       done: AUPRC 0.5",
            "all          1 of 3 categories done",
            "metal_nut    FAILED: It has no image.",
            "all          1 of 3 categories done, 1 failed");
  }

  @Test
  void aPartIsNamedWhereItBegins() {
    try (ConsoleProgress progress = new LineProgress(err)) {
      progress.part("small", 2, 3);
      progress.begins(Map.of("bottle (small)", 20));
      progress.finished("bottle (small)", "AUPRC 0.5");
    }

    assertThat(lines().stream().map(line -> line.substring(8)))
        .containsExactly("all          part 2 of 3: small", "bottle (small) done: AUPRC 0.5");
  }

  @Test
  void whatStillRunsIsRepeatedByName() throws InterruptedException {
    try (ConsoleProgress progress = new LineProgress(err, Duration.ofMillis(20))) {
      progress.stage("bottle", images(335, 335));
      progress.stage("nut", StageWork.unmeasured("build the bank"));
      for (int i = 0; i < 15_000 && lines().size() < 4; i++) {
        Thread.sleep(20);
      }
    }

    assertThat(lines().stream().map(line -> line.substring(8)))
        .contains(
            "bottle       embed normal images: all 335 images handled, now: compute the principal"
                + " components")
        .anyMatch(line -> line.matches("nut          build the bank, for \\d+ s"));
  }

  @Test
  void failuresFollowOnceTheBarsHaveComeToRest() {
    ConsoleProgress progress = new BarProgress(err);
    progress.stage("bottle", images(20, 7));
    progress.stage("nut", images(20, 7));
    progress.failed("bottle", "It has no image.");
    progress.finished("nut", "AUPRC 0.5");
    assertThat(lines()).isEmpty();

    progress.close();
    progress.close();

    assertThat(lines()).containsExactly("bottle FAILED: It has no image.");
  }

  @Test
  void aCategoryMayFailBeforeItHasABar() {
    try (ConsoleProgress progress = new BarProgress(err)) {
      progress.failed("bottle", "It has no image.");
    }

    assertThat(lines()).containsExactly("bottle FAILED: It has no image.");
  }

  @Test
  @SuppressWarnings("try") // the ticker is only closed
  void theTickerRepeatsOnAThreadThatKeepsNoProcessAlive() throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    AtomicBoolean daemon = new AtomicBoolean();

    Ticker ticker =
        new Ticker(
            Duration.ofMillis(1),
            () -> {
              daemon.set(Thread.currentThread().isDaemon());
              twice.countDown();
            });
    try {
      assertThat(twice.await(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      ticker.close();
    }

    assertThat(daemon).isTrue();
  }
}
