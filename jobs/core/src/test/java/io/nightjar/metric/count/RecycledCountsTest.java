package io.nightjar.metric.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecycledCountsTest {
  private static final int SCORES = 200_000;

  private static void add(BinCounts counts, long seed, double from, double to) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] scores = new float[SCORES];
    boolean[] positive = new boolean[SCORES];
    for (int i = 0; i < SCORES; i++) {
      scores[i] = (float) random.nextDouble(from, to);
      positive[i] = random.nextInt(5) == 0;
    }
    counts.addRow(scores, positive, SCORES);
  }

  private static BinCounts fresh(long seed, double from, double to) {
    BinCounts counts = new BinCounts();
    add(counts, seed, from, to);
    return counts;
  }

  @Test
  void recycledMemoryCountsAsNewMemoryDoes() {
    BinCounts counts = new BinCounts();
    for (int image = 0; image < 6; image++) {
      // Wide and narrow ranges in turns: many coarse pages, then few fine ones.
      double to = image % 2 == 0 ? 1e6 : 1.001;
      add(counts, image, 1, to);

      assertThat(counts).isEqualTo(fresh(image, 1, to));
      assertThat(counts.shift()).isEqualTo(fresh(image, 1, to).shift());

      counts = counts.recycled();
      assertThat(counts).isEqualTo(new BinCounts());
    }
  }

  @Test
  void whatWasMergedStaysWhenTheSourceIsRecycled() {
    BinCounts pooled = fresh(1, -5, 5);
    BinCounts image = fresh(2, 0, 3);
    pooled.merge(image);
    BinCounts expected = fresh(1, -5, 5);
    expected.merge(fresh(2, 0, 3));

    add(image.recycled(), 3, -100, 100);

    assertThat(pooled).isEqualTo(expected);
  }
}
