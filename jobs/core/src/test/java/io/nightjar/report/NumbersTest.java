package io.nightjar.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, +0.0",
    "-0.0, 1, +0.0",
    "-0.04, 1, +0.0",
    "-0.06, 1, -0.1",
    "0.04, 1, +0.0",
    "12.34, 1, +12.3",
    "-0.00004, 4, +0.0000",
    "-0.00006, 4, -0.0001",
    "-0.4, 0, +0",
    "-20, 0, -20",
  })
  void whatIsRoundedToZeroHasNoMinus(double value, int decimals, String text) {
    assertThat(Numbers.signed(value, decimals)).isEqualTo(text);
  }

  @Test
  void differencesHaveFourDecimals() {
    assertThat(Numbers.difference(OptionalDouble.of(-0.00001))).isEqualTo("+0.0000");
    assertThat(Numbers.difference(OptionalDouble.empty())).isEqualTo("-");
  }
}
