package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MapAverageTest {
  private static AnomalyMap map(int width, int height, float... values) {
    return new AnomalyMap(values, width, height);
  }

  @Test
  void eachMapIsDividedByItsScale() {
    AnomalyMap mean =
        MapAverage.of(List.of(map(2, 1, 1, 3), map(2, 1, 100, 500)), new double[] {2, 100});

    assertThat(mean.values()).containsExactly((0.5f + 1) / 2, (1.5f + 5) / 2);
  }

  @Test
  void smallerMapsAreBroughtToTheSizeOfTheLargest() {
    // A map of one score is that score everywhere.
    AnomalyMap mean =
        MapAverage.of(
            List.of(map(1, 1, 4), map(3, 2, 1, 2, 3, 4, 5, 6), map(2, 1, 0, 0)),
            new double[] {2, 1, 1});

    assertThat(mean.width()).isEqualTo(3);
    assertThat(mean.height()).isEqualTo(2);
    assertThat(mean.values())
        .containsExactly(new float[] {1, 4 / 3f, 5 / 3f, 2, 7 / 3f, 8 / 3f}, within(1e-6f));
  }

  @Test
  void ofEquallyLargeMapsTheWidestGivesTheSize() {
    AnomalyMap mean = MapAverage.of(List.of(map(1, 2, 1, 1), map(2, 1, 3, 3)), new double[] {1, 1});

    assertThat(mean.width()).isEqualTo(2);
    assertThat(mean.values()).containsExactly(2, 2);
  }

  /** Added from left to right, the sums of these differ in float32. */
  @Test
  void theOrderOfTheMapsChangesNothing() {
    AnomalyMap large = map(1, 1, 1e30f);
    AnomalyMap small = map(1, 1, 3f);
    AnomalyMap negative = map(1, 1, -1e30f);
    double[] scales = {1, 1, 1};

    assertThat(MapAverage.of(List.of(large, negative, small), scales).values())
        .isEqualTo(MapAverage.of(List.of(small, large, negative), scales).values())
        .isEqualTo(MapAverage.of(List.of(negative, small, large), scales).values());
  }

  @Test
  void everyMapHasAScale() {
    assertThatThrownBy(() -> MapAverage.of(List.of(map(1, 1, 1)), new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MapAverage.of(List.of(), new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aQuantileLiesBetweenTheTwoNearestScores() {
    AnomalyMap scores = map(5, 1, 50, 10, 40, 20, 30);

    assertThat(MapAverage.quantile(scores, 1)).isEqualTo(50);
    assertThat(MapAverage.quantile(scores, 0)).isEqualTo(10);
    assertThat(MapAverage.quantile(scores, 0.9)).isCloseTo(46, within(1e-12));
    assertThat(MapAverage.quantile(map(1, 1, 7), 0.99)).isEqualTo(7);
    assertThat(MapAverage.quantile(map(2, 1, 7, Float.NaN), 0.5)).isNaN();
    assertThat(scores.values()[0]).isEqualTo(50);
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(MapAverage.median(new double[] {9, 1, 5})).isEqualTo(5);
    assertThat(MapAverage.median(new double[] {9, 1, 5, 6})).isEqualTo(5.5);
  }
}
