package io.nightjar.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 10 s",
    "4, 10 s",
    "14, 10 s",
    "16, 20 s",
    "54, 50 s",
    "56, 1 min",
    "89, 1 min",
    "91, 2 min",
    "3540, 59 min",
    "3599, 1 h",
    "3600, 1 h",
    "4000, 1 h 10 min",
    "7190, 2 h",
    "9450, 2 h 40 min"
  })
  void anEstimateIsNoFinerThanItCanBe(double seconds, String expected) {
    assertThat(Times.roughly(seconds)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.4, 0 s", "59.4, 59 s", "59.6, 1 min 0 s", "125, 2 min 5 s", "9450, 2 h 37 min"})
  void aMeasuredTimeIsExact(double seconds, String expected) {
    assertThat(Times.words(seconds)).isEqualTo(expected);
  }
}
