package io.nightjar.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {

  /** The seconds are so many that those of the test itself change no digit. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2100   | 2000   | 1000   | 2000/2100, 2.0/s, 50 s left",
        "2190   | 2000   | 1000   | 2000/2190, 2.0/s, 1 min 35 s left",
        "209450 | 200000 | 200000 | 200000/209450, 1.0/s, 2 h 37 min left",
        "20     | 0      | 1000   | 0/20",
        "20     | 20     | 1000   | all 20 seen, finishing",
        "20     | 25     | 1000   | all 20 seen, finishing",
      })
  void theTimeLeftFollowsFromTheRateSoFar(long total, long done, long seconds, String expected) {
    long start = System.nanoTime() - TimeUnit.SECONDS.toNanos(seconds);

    Stage stage = new Stage("bottle", "score test images", total, () -> done, start);

    assertThat(stage.describe()).isEqualTo("score test images: " + expected);
  }

  @Test
  void aStageThatNothingMeasuresHasItsNameAlone() {
    assertThat(Stage.begin("bottle", "write the bank", 0, () -> 3).describe())
        .isEqualTo("write the bank");
  }
}
