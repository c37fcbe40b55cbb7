package io.nightjar.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefitTest {

  @Test
  void autoRefitsBelowNineTenthsOfTheBanksOwnRatio() {
    assertThat(Refit.AUTO.appliesTo(0.71, 0.8)).isTrue(); // 0.9 x 0.8 = 0.72
    assertThat(Refit.AUTO.appliesTo(0.73, 0.8)).isFalse();
  }

  @Test
  void theOthersDoNotLookAtTheRatio() {
    assertThat(Refit.NEVER.appliesTo(0, 1)).isFalse();
    assertThat(Refit.ALWAYS.appliesTo(1, 1)).isTrue();
  }
}
