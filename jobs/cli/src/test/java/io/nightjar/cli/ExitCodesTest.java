package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.outcome.ExitCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
  /** Spark would start it again for ever, where only what broke or was killed can get better. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 0", "3, 0", "4, 0", "5, 0", "130, 130"})
  void aSupervisedDriverAsksForARepetitionOnlyWhereItMayHelp(int code, int reported) {
    assertThat(ExitCodes.ofSupervised(code)).isEqualTo(reported);
  }
}
