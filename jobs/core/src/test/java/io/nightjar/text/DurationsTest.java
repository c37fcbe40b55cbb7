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
