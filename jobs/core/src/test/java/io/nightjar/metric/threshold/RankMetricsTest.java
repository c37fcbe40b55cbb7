package io.nightjar.metric.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.BruteForce;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankMetricsTest {

  @Test
  void valuesByHand() {
    float[] scores = {4, 3, 3, 1};
    boolean[] positive = {true, true, false, false};

    assertThat(RankMetrics.auroc(scores, positive)).hasValue(3.5 / 4);
    assertThat(RankMetrics.averagePrecision(scores, positive)).hasValue((1 + 2.0 / 3) / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomSetsEqualBruteForce(long seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(100);
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(15) - 7.5f;
      positive[i] = i == 0 || (i > 1 && random.nextBoolean());
    }
    BruteForce expected = new BruteForce(scores, positive);

    assertThat(RankMetrics.auroc(scores, positive).getAsDouble())
        .isCloseTo(expected.auroc(), within(1e-14));
    assertThat(RankMetrics.averagePrecision(scores, positive).getAsDouble())
        .isCloseTo(expected.averagePrecision(), within(1e-14));
  }

  @Test
  void oneLabelAlone() {
    float[] scores = {1, 2};

    assertThat(RankMetrics.auroc(scores, new boolean[] {true, true})).isEmpty();
    assertThat(RankMetrics.auroc(scores, new boolean[2])).isEmpty();
    assertThat(RankMetrics.averagePrecision(scores, new boolean[] {true, true})).hasValue(1);
    assertThat(RankMetrics.averagePrecision(scores, new boolean[2])).isEmpty();
    assertThat(RankMetrics.averagePrecision(new float[0], new boolean[0])).isEmpty();
  }

  @Test
  void whatCannotBeRankedIsRefused() {
    assertThatThrownBy(() -> RankMetrics.auroc(new float[] {1, Float.NaN}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> RankMetrics.auroc(new float[3], new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 scores")
        .hasMessageContaining("2 labels");
  }
}
