package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "30s, PT30S",
    "90m, PT1H30M",
    "6h, PT6H",
    "1d, PT24H",
    "2w, PT336H",
    "999999w, PT167999832H"
  })
  void aWholeNumberAndAUnitAreADuration(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.5S, 500ms",
    "PT1.5S, 1500ms",
    "PT2S, 2s",
    "PT1M, 1m",
    "PT1M30S, 90s",
    "PT1M0.001S, 60001ms",
    "PT1H30M, 90m",
    "PT48H, 48h"
  })
  void aDurationIsWrittenInTheLargestUnitThatHoldsIt(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "h",
        "1.5h",
        "-1h",
        " 1h",
        "1h ",
        "1 h",
        "1y",
        "1H",
        "1000000s",
        "\u0661h"
      })
  void anythingElseIsNone(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
