package io.nightjar.metric.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.history.ChangePoints.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangePointsTest {
  private static final double TOLERANCE = 0.005;

  private static List<Integer> indexes(double... values) {
    return ChangePoints.of(values, TOLERANCE).stream().map(Change::index).toList();
  }

  /** The smallest sum of costs and penalties over all 2^(n-1) ways to cut a series. */
  private static double smallestTotal(double[] values, double deviation, double penalty) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int cuts = 0; cuts < 1 << (values.length - 1); cuts++) {
      List<Integer> starts = new ArrayList<>();
      for (int i = 1; i < values.length; i++) {
        if ((cuts >> (i - 1) & 1) == 1) {
          starts.add(i);
        }
      }
      smallest = Math.min(smallest, total(values, starts, deviation, penalty));
    }
    return smallest;
  }

  private static double total(
      double[] values, List<Integer> starts, double deviation, double penalty) {
    double total = penalty * starts.size();
    int from = 0;
    List<Integer> ends = new ArrayList<>(starts);
    ends.add(values.length);
    for (int end : ends) {
      double mean = Arrays.stream(values, from, end).average().orElseThrow();
      total +=
          Arrays.stream(values, from, end).map(v -> (v - mean) * (v - mean)).sum()
              / (deviation * deviation);
      from = end;
    }
    return total;
  }

  @Test
  void noOtherSegmentsHaveASmallerTotal() {
    Random random = new Random(7);
    for (int series = 0; series < 150; series++) {
      double[] values = new double[1 + random.nextInt(11)];
      double level = 0.9;
      for (int i = 0; i < values.length; i++) {
        level += random.nextInt(4) == 0 ? 0.05 * random.nextGaussian() : 0;
        values[i] = level + 0.01 * random.nextGaussian();
      }
      double penalty = 1 + 8 * random.nextDouble();

      List<Integer> starts = ChangePoints.segments(values, 0.01, penalty);

      assertThat(total(values, starts, 0.01, penalty))
          .as("series %d", series)
          .isCloseTo(smallestTotal(values, 0.01, penalty), within(1e-6));
    }
  }

  @Test
  void aSeriesThatNeverChangesHasNone() {
    double[] values = new double[400];
    Arrays.fill(values, 0.9321);

    assertThat(ChangePoints.of(values, TOLERANCE)).isEmpty();
    assertThat(ChangePoints.of(values, 0)).isEmpty();
  }

  @Test
  void twoIdenticalNightsAndARegressionAreThreeRunsWithOneChange() {
    assertThat(ChangePoints.of(new double[] {0.68, 0.68, 0.31}, TOLERANCE))
        .containsExactly(new Change(2, 0.68, 0.31));
  }

  @Test
  void twoRunsAreTooFew() {
    assertThat(ChangePoints.of(new double[] {0.68, 0.31}, TOLERANCE)).isEmpty();
    assertThat(ChangePoints.of(new double[] {0.68}, TOLERANCE)).isEmpty();
    assertThat(ChangePoints.of(new double[0], TOLERANCE)).isEmpty();
  }

  @Test
  void aNewLevelBeginsWithItsFirstRun() {
    assertThat(indexes(0.9, 0.9, 0.9, 0.9, 0.85, 0.85, 0.85)).containsExactly(4);
    assertThat(indexes(0.9, 0.85, 0.85, 0.85)).containsExactly(1);
  }

  @Test
  void oneBadNightIsAChangeAndItsRepair() {
    assertThat(indexes(0.9, 0.9, 0.9, 0.4, 0.9, 0.9, 0.9)).containsExactly(3, 4);
  }

  @Test
  void whatIsSmallerThanTheToleranceIsGivenUpAndTheLevelsAreJoined() {
    double[] values = {0.900, 0.900, 0.900, 0.903, 0.903, 0.903, 0.95, 0.95, 0.95};

    List<Change> changes = ChangePoints.of(values, TOLERANCE);

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).index()).isEqualTo(6);
    assertThat(changes.get(0).before()).isCloseTo(0.9015, within(1e-12));
    assertThat(ChangePoints.of(values, 0.001)).hasSize(2);
  }

  /** 1.4826 / sqrt(2) times the lower median of 0.1, 0.1, 0.3 and 0.5. */
  @Test
  void theNoiseIsThatOfTheMedianDifference() {
    assertThat(ChangePoints.noise(new double[] {1, 1.1, 1, 1.3, 0.8}))
        .isCloseTo(1.4826 / Math.sqrt(2) * 0.1, within(1e-9));
  }

  /** The documentation says: in at most one of ten series of normal noise. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 8, 14, 30, 60, 120})
  void noiseAloneIsRarelyTakenForAChange(int runs) {
    Random random = new Random(runs);
    int series = 1000;
    int wrong = 0;
    for (int i = 0; i < series; i++) {
      double[] values = random.doubles(runs).map(x -> 0.02 * random.nextGaussian()).toArray();
      wrong += ChangePoints.of(values, TOLERANCE).isEmpty() ? 0 : 1;
    }
    assertThat(wrong).isLessThanOrEqualTo(series / 10);
  }

  @Test
  void aLossOfSixDeviationsThatLastsIsFound() {
    Random random = new Random(3);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      double[] values = random.doubles(30).map(x -> 0.9 + 0.01 * random.nextGaussian()).toArray();
      for (int run = 24; run < 30; run++) {
        values[run] -= 0.06;
      }
      found += indexes(values).contains(24) ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(95);
  }
}
