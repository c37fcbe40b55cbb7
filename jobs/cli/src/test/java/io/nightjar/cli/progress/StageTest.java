package io.nightjar.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.options.StageWork;
import io.nightjar.job.options.StageWork.Counted;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {
  private static final long START = 1_000_000_000_000L;

  private final AtomicLong done = new AtomicLong();

  private Stage stage(Counted counted, long total) {
    return Stage.begin(
        "bottle", new StageWork("score test images", counted, total, done::get, "go home"), START);
  }

  private static long after(long seconds) {
    return START + TimeUnit.SECONDS.toNanos(seconds);
  }

  /** The first 100 seconds are those until the first images were handled. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2100   | 100  | 2000   | 950   | 2000 of 2100 images, 2.0 images a second, about 50 s left",
        "2190   | 100  | 2000   | 950   | 2000 of 2190 images, 2.0 images a second, about 2 min left",
        "209450 | 2000 | 200000 | 198000 | 200000 of 209450 images, 1.0 images a second, about 2 h 40 min left",
        "100    | 2    | 22     | 520   | 22 of 100 images, 26 s an image, about 34 min left",
        "46     | 1    | 6      | 50    | 6 of 46 images, 0.1 images a second, about 7 min left",
      })
  void theTimeLeftFollowsFromThePaceSinceTheFirst(
      long total, long first, long then, long seconds, String expected) {
    Stage stage = stage(Counted.IMAGES, total);
    done.set(first);
    stage.describe(after(100));
    done.set(then);

    assertThat(stage.describe(after(100 + seconds))).isEqualTo("score test images: " + expected);
  }

  @Test
  void thereIsNoEstimateBeforeItMeansSomething() {
    Stage stage = stage(Counted.IMAGES, 200);
    assertThat(stage.describe(after(30))).isEqualTo("score test images: 0 of 200 images");

    done.set(8);
    assertThat(stage.describe(after(31))).isEqualTo("score test images: 8 of 200 images");
    // Long enough, but a twentieth of the images says little.
    done.set(18);
    assertThat(stage.describe(after(90))).isEqualTo("score test images: 18 of 200 images");
    done.set(28);
    assertThat(stage.describe(after(91))).contains("about ");
  }

  @Test
  void aBurstAtTheStartIsNoPace() {
    Stage stage = stage(Counted.IMAGES, 200);
    done.set(4);
    stage.describe(after(1));
    done.set(100);

    assertThat(stage.describe(after(15))).isEqualTo("score test images: 100 of 200 images");
    assertThat(stage.describe(after(25)))
        .isEqualTo("score test images: 100 of 200 images, 4.0 images a second, about 30 s left");
  }

  @ParameterizedTest
  @CsvSource({"20,20", "20,25"})
  void theWaitAfterTheLastHasAName(long total, long handled) {
    Stage stage = stage(Counted.ROWS, total);
    done.set(handled);

    assertThat(stage.describe(after(5)))
        .isEqualTo("score test images: all 20 rows handled, now: go home");
  }

  @Test
  void aStageThatNothingMeasuresSaysHowLongItHasTaken() {
    Stage stage = Stage.begin("bottle", StageWork.unmeasured("build the bank"), START);

    assertThat(stage.heading()).isEqualTo("build the bank");
    assertThat(stage.describe(after(95))).isEqualTo("build the bank, for 1 min 35 s");
  }

  @Test
  void aCountHasItsNoun() {
    assertThat(stage(Counted.IMAGES, 46).heading()).isEqualTo("score test images: 46 images");
    assertThat(stage(Counted.MASKS, 1).heading()).isEqualTo("score test images: 1 mask");
    assertThat(stage(Counted.FILES, 2).heading()).isEqualTo("score test images: 2 files");
  }
}
