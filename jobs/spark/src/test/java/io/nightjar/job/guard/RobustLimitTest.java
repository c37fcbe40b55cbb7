package io.nightjar.job.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustLimitTest {

  @Test
  void medianAndDeviationByHand() {
    RobustLimit limit = RobustLimit.of(new double[] {9, 1, 2, 4, 100}, 2);

    assertThat(limit.median()).isEqualTo(4);
    assertThat(limit.deviation()).isEqualTo(1.4826 * 3);
    assertThat(limit.value()).isCloseTo(12.8956, within(1e-12));
    assertThat(limit.isBeyond(12.89)).isFalse();
    assertThat(limit.isBeyond(12.9)).isTrue();
  }

  @Test
  void ofAnEvenNumberTheMeanOfTheTwoInTheMiddle() {
    assertThat(RobustLimit.of(new double[] {4, 1, 2, 8}, 1).median()).isEqualTo(3);
  }
}
