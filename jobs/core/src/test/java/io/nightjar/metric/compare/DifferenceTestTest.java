package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTestTest {
  /** -0.049 to 0.150 in steps of 0.001. */
  private static final double[] STEPS =
      IntStream.range(-49, 151).mapToDouble(i -> i / 1000.0).toArray();

  @Test
  void quantilesAndPValuesByHand() {
    DifferenceTest test = DifferenceTest.of(STEPS, 0.05, 1, 0.1, 0.05);

    // Positions 4.975 and 194.025 of 0 to 199.
    assertThat(test.lower()).isCloseTo(-0.049 + 0.004975, within(1e-12));
    assertThat(test.upper()).isCloseTo(-0.049 + 0.194025, within(1e-12));
    // 50 at most 0, 151 at least 0; 51 at least 0.1, none at most -0.1.
    assertThat(test.pDifferent()).isCloseTo(2 * 51 / 201.0, within(1e-12));
    assertThat(test.pSame()).isCloseTo(52 / 201.0, within(1e-12));
    assertThat(test.isWithin(0.15)).isTrue();
    assertThat(test.isWithin(0.145)).isFalse();
  }

  @Test
  void distancesFromTheDifferenceAreSpread() {
    DifferenceTest test = DifferenceTest.of(STEPS, 0.0502, 2, 0.1, 0.05);

    // The positions are those above; each lies twice as far from 0.0502.
    assertThat(test.lower()).isCloseTo(2 * (-0.049 + 0.004975) - 0.0502, within(1e-12));
    assertThat(test.upper()).isCloseTo(2 * (-0.049 + 0.194025) - 0.0502, within(1e-12));
    // At most 0 are those that were at most 0.0251: -0.049 to 0.025, 75.
    assertThat(test.pDifferent()).isCloseTo(2 * 76 / 201.0, within(1e-12));
    // At least 0.1 are those from 0.0751, 75; at most -0.1 those up to -0.0249, 25.
    assertThat(test.pSame()).isCloseTo(76 / 201.0, within(1e-12));
  }

  @Test
  void neededImagesGrowWithTheSquareOfTheInterval() {
    DifferenceTest test = new DifferenceTest(-0.04, 0.02, 0.5, 0.5);

    // Half as wide as 0.03: 9 times as many to exclude 0 from -0.01, whose tolerance is 0.005.
    assertThat(test.neededImages(-0.01, 0.005, 0.05, 1)).isCloseTo(9, within(1e-9));
    // A difference of 0 needs the interval within 0.005: 0.04 / 0.005 = 8, squared.
    assertThat(test.neededImages(0, 0.005, 0.05, 1)).isCloseTo(64, within(1e-9));
    assertThat(new DifferenceTest(-0.54, -0.46, 0, 1).neededImages(-0.5, 0.005, 0.05, 1))
        .isCloseTo(0.0064, within(1e-9));
  }

  /** One of three has 1.67 % of error: 2.393980 standard deviations in place of 1.959964. */
  @Test
  void severalTestsTakeMoreImages() {
    DifferenceTest test = new DifferenceTest(-0.04, 0.02, 0.5, 0.5);

    assertThat(test.neededImages(-0.01, 0.005, 0.05, 3))
        .isCloseTo(9 * Math.pow(2.393980 / 1.959964, 2), within(1e-4));
  }

  @Test
  void verdictsByHand() {
    DifferenceTest narrow = new DifferenceTest(-0.003, -0.001, 0.001, 0.001);
    DifferenceTest wide = new DifferenceTest(-0.03, -0.01, 0.001, 1);
    DifferenceTest open = new DifferenceTest(-0.03, 0.01, 0.4, 0.9);

    assertThat(verdict(-0.002, narrow, 0.01, 0.01)).isEqualTo(Verdict.SAME);
    assertThat(verdict(-0.02, wide, 0.01, 1)).isEqualTo(Verdict.WORSE);
    assertThat(verdict(0.02, wide, 0.01, 1)).isEqualTo(Verdict.BETTER);
    assertThat(verdict(-0.02, wide, 0.06, 1)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(verdict(-0.01, open, 1, 1)).isEqualTo(Verdict.INCONCLUSIVE);
    // Within the tolerance, but no longer after the correction.
    assertThat(verdict(-0.002, narrow, 0.01, 0.06)).isEqualTo(Verdict.WORSE);
    assertThat(Verdict.SAME.orGraver(Verdict.WORSE)).isEqualTo(Verdict.WORSE);
  }

  private static Verdict verdict(double gain, DifferenceTest test, double different, double same) {
    return Verdict.of(gain, test, different, same, 0.005, 0.05);
  }
}
