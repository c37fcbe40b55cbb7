package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void multipliesStepByStepAndNeverFalls() {
    // Sorted 0.01, 0.02, 0.03, 0.5: times 4, 3, 2, 1 gives 0.04, 0.06, 0.06, 0.5.
    assertThat(Holm.adjusted(new double[] {0.03, 0.01, 0.5, 0.02}))
        .containsExactly(0.06, 0.04, 0.5, 0.06);
  }

  @Test
  void isNeverAboveOne() {
    assertThat(Holm.adjusted(new double[] {0.6, 0.7})).containsExactly(1, 1);
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }
}
