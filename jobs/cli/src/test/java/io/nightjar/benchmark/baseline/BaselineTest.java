package io.nightjar.benchmark.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.search.MemoryBank;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The baselines compute what they are named after. */
class BaselineTest {
  private static final int DIMENSION = 7;

  @Test
  void bothSearchesFindTheNearestRow() {
    MemoryBank bank =
        new MemoryBank(DIMENSION, List.of(random(300 * DIMENSION, 1), random(213 * DIMENSION, 2)));
    float[] queries = random(1030 * DIMENSION, 3);

    int[] brute = new BruteForceSearch(bank).nearest(queries, 1030).rows();
    int[] flat;
    try (FlatProductSearch search = new FlatProductSearch(bank)) {
      flat = search.nearest(queries, 1030).rows();
    }

    for (int query = 0; query < 1030; query++) {
      int expected = nearest(queries, query, bank);
      assertThat(brute[query]).isEqualTo(expected);
      assertThat(flat[query]).isEqualTo(expected);
    }
  }

  /** By hand: thresholds 3, 2, 1 find 1 of 1, 2 of 4 and 3 of 5; AP = 1/3 1 + 1/3 1/2 + 1/3 3/5. */
  @Test
  void averagePrecisionTakesEqualScoresTogether() {
    float[] scores = {2, 3, 2, 1, 2};
    boolean[] positive = {true, true, false, true, false};

    assertThat(SortedAveragePrecision.of(scores, positive).orElseThrow())
        .isCloseTo((1 + 0.5 + 0.6) / 3, within(1e-15));
  }

  @Test
  void averagePrecisionNeedsAPositive() {
    assertThat(SortedAveragePrecision.of(new float[] {1, 2}, new boolean[2])).isEmpty();
  }

  private static int nearest(float[] queries, int query, MemoryBank bank) {
    double best = Double.POSITIVE_INFINITY;
    int nearest = -1;
    int row = 0;
    for (float[] block : bank.blocks()) {
      for (int at = 0; at < block.length; at += DIMENSION, row++) {
        double sum = 0;
        for (int i = 0; i < DIMENSION; i++) {
          sum += Math.pow((double) queries[query * DIMENSION + i] - block[at + i], 2);
        }
        if (sum < best) {
          best = sum;
          nearest = row;
        }
      }
    }
    return nearest;
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
