package io.nightjar.benchmarks.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.JavaCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A small run of what {@link ShardedBankBenchmark} runs at its size. */
@Tag("slow")
class LargeBankTest {

  @Test
  void shardsOnTwoExecutorsAnswerAsBruteForceDoesAlsoWhenOneIsLost() throws Exception {
    assertThat(LargeBank.run(JavaCommand.SHORT_LIVED, "30000", "40", "2", "lose")).isZero();
  }
}
