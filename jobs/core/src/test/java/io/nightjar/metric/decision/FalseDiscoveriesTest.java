package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FalseDiscoveriesTest {

  /**
   * Limits at 0.05: 0.01, 0.02, 0.03, 0.04, 0.05; the fourth in order is the last within its own.
   */
  @Test
  void allUpToTheLastWithinItsLimitAreSelected() {
    assertThat(FalseDiscoveries.select(new double[] {0.039, 0.001, 0.9, 0.035, 0.025}, 0.05))
        .containsExactly(true, true, false, true, true);
  }

  @Test
  void whereNoneIsWithinItsLimitNothingIsSelected() {
    assertThat(FalseDiscoveries.select(new double[] {0.04, 0.03, 0.5}, 0.05))
        .containsExactly(false, false, false);
    assertThat(FalseDiscoveries.select(new double[0], 0.05)).isEmpty();
  }

  @Test
  void equalPValuesAreSelectedTogether() {
    assertThat(FalseDiscoveries.select(new double[] {0.1, 0.1, 0.1, 1}, 0.14))
        .containsExactly(true, true, true, false);
  }

  /** Limits computed in float64 are a little off: three of three at 0.1 are within 0.1 * 3 / 3. */
  @Test
  void aPValueEqualToItsLimitIsWithin() {
    assertThat(FalseDiscoveries.select(new double[] {0.07, 0.07}, 0.07))
        .containsExactly(true, true);
    assertThat(FalseDiscoveries.select(new double[] {1.0 / 210, 1, 1}, 3.0 / 210))
        .containsExactly(true, false, false);
  }

  /**
   * 40 normal and 20 defective images of a run share 199 calibration scores: the mean fraction of
   * normal ones among the selected is at most 0.1 * 40 / 60, within five standard errors.
   */
  @Test
  void theFractionOfNormalImagesAmongTheSelectedIsAsStated() {
    Random random = new Random(3);
    int runs = 2000;
    double sum = 0;
    double squares = 0;
    double found = 0;
    for (int run = 0; run < runs; run++) {
      float[] own = new float[199];
      for (int i = 0; i < own.length; i++) {
        own[i] = (float) random.nextGaussian();
      }
      ConformalScores scores = new ConformalScores(own);
      double[] pValues = new double[60];
      for (int i = 0; i < pValues.length; i++) {
        pValues[i] = scores.pValue((float) (random.nextGaussian() + (i < 40 ? 0 : 3)));
      }
      boolean[] selected = FalseDiscoveries.select(pValues, 0.1);
      int normal = 0;
      int all = 0;
      for (int i = 0; i < selected.length; i++) {
        all += selected[i] ? 1 : 0;
        normal += selected[i] && i < 40 ? 1 : 0;
      }
      double fraction = all == 0 ? 0 : (double) normal / all;
      sum += fraction;
      squares += fraction * fraction;
      found += (all - normal) / 20.0;
    }

    double mean = sum / runs;
    double error = Math.sqrt((squares / runs - mean * mean) / runs);
    assertThat(mean).isLessThan(0.1 * 40 / 60 + 5 * error).isPositive();
    assertThat(found / runs).as("power").isGreaterThan(0.7);
  }
}
