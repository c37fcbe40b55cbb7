package io.nightjar.metric.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PooledBinsTest {
  private static final int BINS = 50;

  /** However many images are added at a time, the sums have the bits of adding one by one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 8, 23})
  void sumsAreThoseOfOneImageAfterTheOther(int images) {
    SplittableRandom random = new SplittableRandom(images);
    List<double[]> counts = new ArrayList<>();
    int[] draw = new int[images];
    double[] divisors = new double[images];
    for (int i = 0; i < images; i++) {
      // Every third has none of these counts; every fifth none in the block.
      double[] all = new double[i % 3 == 2 ? 0 : BINS];
      for (int bin = i % 5 == 4 ? 40 : 0; bin < all.length; bin++) {
        all[bin] = random.nextInt(1000) / 7.0;
      }
      counts.add(all);
      draw[i] = random.nextInt(4);
      divisors[i] = 1 + random.nextInt(300);
    }
    double[] pooled = new double[40];
    Arrays.fill(pooled, -1);

    PooledBins.of(counts, 7, 33).pool(draw, divisors, pooled);

    for (int bin = 0; bin < 33; bin++) {
      double sum = 0;
      for (int i = 0; i < images; i++) {
        if (counts.get(i).length > 0) {
          sum += draw[i] / divisors[i] * counts.get(i)[7 + bin];
        }
      }
      assertThat(pooled[bin]).as("bin %d", bin).isEqualTo(sum);
    }
    assertThat(Arrays.copyOfRange(pooled, 33, 40)).containsOnly(-1);
  }
}
