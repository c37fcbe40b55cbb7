package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchThresholdTest {
  private static final float[] LOWEST = {1, 2, 3, 4};
  private static final long[] COUNTS = {70, 20, 8, 2};

  /**
   * Nine images of 100 patches together: the fractions from 1, 2, 3, 4 and 5 on are 1, 0.3, 0.1,
   * 0.02 and 0, and with one image more (9 f + 1) / 10 = 1, 0.37, 0.19, 0.118 and 0.1.
   */
  @ParameterizedTest
  @CsvSource({"0.1, 5", "0.117, 5", "0.118, 4", "0.19, 3", "0.36, 3", "0.37, 2", "0.99, 2"})
  void isTheSmallestWithTheExpectedFractionAtMostTheRate(double rate, float expected) {
    assertThat(PatchThreshold.at(LOWEST, COUNTS, 5, 9, rate)).isEqualTo(expected);
  }

  @Test
  void nineImagesAllowNoRateBelowATenth() {
    assertThatThrownBy(() -> PatchThreshold.at(LOWEST, COUNTS, 5, 9, 0.099))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.099");
  }

  /**
   * Images differ from one another, so that the patches of one depend on one another: the mean
   * fraction of a new image's patches at or above the threshold is at most the rate all the same.
   */
  @Test
  void theFractionOfAnExchangeableImagesPatchesIsAsStated() {
    Random random = new Random(11);
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[][] images = new float[40][];
      Arrays.setAll(images, i -> image(random));
      float[] all = new float[39 * 50];
      for (int i = 0; i < 39; i++) {
        System.arraycopy(images[i], 0, all, i * 50, 50);
      }
      Arrays.sort(all);
      long[] ones = new long[all.length];
      Arrays.fill(ones, 1);
      float threshold = PatchThreshold.at(all, ones, 1e9f, 39, 0.05);
      int above = 0;
      for (float value : images[39]) {
        above += value >= threshold ? 1 : 0;
      }
      double fraction = above / 50.0;
      sum += fraction;
      squares += fraction * fraction;
    }

    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);
    assertThat(mean).isBetween(0.01, 0.05 + 5 * error);
  }

  private static float[] image(Random random) {
    double level = 10 + random.nextGaussian();
    float[] patches = new float[50];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = (float) (level + random.nextGaussian());
    }
    return patches;
  }
}
