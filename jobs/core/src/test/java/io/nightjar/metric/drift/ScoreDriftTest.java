package io.nightjar.metric.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values by hand. */
class ScoreDriftTest {
  private static final double EXACT = 1e-12;

  @Test
  void quantilesLieBetweenNeighbours() {
    ScoreDistribution scores = scores(4, 1, 3, 2);

    assertThat(scores.quantile(0)).isEqualTo(1);
    assertThat(scores.quantile(0.25)).isEqualTo(1.75);
    assertThat(scores.median()).isEqualTo(2.5);
    assertThat(scores.quantile(1)).isEqualTo(4);
    assertThat(scores.scores()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void distributionsArePooled() {
    assertThat(ScoreDistribution.pooled(List.of(scores(3, 1), scores(2))).scores())
        .containsExactly(1, 2, 3);
  }

  @Test
  void scoresMustBeNumbers() {
    assertThatThrownBy(() -> scores()).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scores(1, Float.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void stabilityIndexOverTenths() {
    // Two of the reference's twenty images are in each bin, a fraction of (2 + 0.5) / (20 + 5).
    // All ten of the run are in the last: (10 + 0.5) / (10 + 5), and 0.5 / 15 in each other.
    PopulationStability index =
        PopulationStability.between(rising(20, 0), scores(filled(10, 100)), 0.01);

    assertThat(index.bins()).isEqualTo(10);
    assertThat(index.value()).isCloseTo(0.6 * Math.log(21), within(EXACT));
    // The 99th percentile of chi-squared with 9 degrees of freedom is 21.666 in tables.
    assertThat(index.noise()).isCloseTo(21.666 * (1 / 20.0 + 1 / 10.0), within(1e-4));
  }

  @Test
  void stabilityIndexIsZeroOfTheSameScores() {
    assertThat(PopulationStability.between(rising(20, 0), rising(20, 0), 0.01).value()).isZero();
  }

  @Test
  void equalScoresShareABin() {
    // Fractions of the reference 4.5/5 and 0.5/5, of the run 2.5/5 and 2.5/5.
    PopulationStability index =
        PopulationStability.between(scores(5, 5, 5, 5), scores(5, 5, 6, 6), 0.01);

    assertThat(index.bins()).isEqualTo(2);
    assertThat(index.value()).isCloseTo(0.4 * Math.log(9), within(EXACT));
  }

  @Test
  void kolmogorovSmirnovOfFewImagesIsExact() {
    KolmogorovSmirnov shifted =
        KolmogorovSmirnov.between(scores(1, 2, 3, 4), scores(2.5f, 3.5f, 4.5f, 5.5f));
    KolmogorovSmirnov apart = KolmogorovSmirnov.between(scores(1, 2, 3, 4), scores(11, 12, 13, 14));

    // Of the C(8, 4) orders, 2 (C(8, 2) - C(8, 0)) come as far apart (reflection principle).
    assertThat(shifted.statistic()).isEqualTo(0.5);
    assertThat(shifted.pValue()).isCloseTo(54.0 / 70, within(EXACT));
    assertThat(apart.statistic()).isEqualTo(1);
    assertThat(apart.pValue()).isCloseTo(2.0 / 70, within(EXACT));
    assertThat(KolmogorovSmirnov.between(rising(35, 0), rising(34, 34)).pValue())
        .as("never below nothing")
        .isBetween(0.0, 1e-15);
  }

  @Test
  void kolmogorovSmirnovOfOneImageIsExact() {
    KolmogorovSmirnov beyond = KolmogorovSmirnov.between(scores(1, 2, 3, 4), scores(9));
    KolmogorovSmirnov within = KolmogorovSmirnov.between(scores(2.5f), scores(1, 2, 3, 4, 5, 6));

    assertThat(beyond.statistic()).isEqualTo(1);
    assertThat(beyond.pValue()).isEqualTo(2.0 / 5);
    assertThat(KolmogorovSmirnov.between(rising(20_000, 0), scores(0)).pValue())
        .isEqualTo(2.0 / 20_001);
    // Two of six are below it; of seven places, those with 0, 1, 2, 4, 5 and 6 below are as far.
    assertThat(within.statistic()).isCloseTo(4.0 / 6, within(EXACT));
    assertThat(within.pValue()).isCloseTo(6.0 / 7, within(EXACT));
    assertThat(KolmogorovSmirnov.between(scores(1), scores(1)).pValue()).isEqualTo(1);
  }

  @Test
  void kolmogorovSmirnovOfManyImagesIsItsLimit() {
    KolmogorovSmirnov shifted = KolmogorovSmirnov.between(rising(200, 0), rising(200, 20.5f));

    double t = 0.105 * Math.sqrt(200 * 200 / 400.0);
    assertThat(shifted.statistic()).isCloseTo(0.105, within(EXACT));
    assertThat(shifted.pValue())
        .isCloseTo(
            2 * (Math.exp(-2 * t * t) - Math.exp(-8 * t * t) + Math.exp(-18 * t * t)),
            within(1e-9));
  }

  @Test
  void equalScoresAreNoDrift() {
    ScoreDrift drift = ScoreDrift.between(scores(0, 0, 0), scores(0, 0), DriftLimits.DEFAULT);

    assertThat(drift.ks().statistic()).isZero();
    assertThat(drift.ks().pValue()).isEqualTo(1);
    assertThat(drift.drifted()).isFalse();
  }

  @Test
  void fewImagesRaiseTheLimitOfTheIndex() {
    ScoreDrift few = ScoreDrift.between(rising(200, 0), scores(20, 60, 101), DriftLimits.DEFAULT);
    ScoreDrift many = ScoreDrift.between(rising(2000, 0), rising(2000, 300), DriftLimits.DEFAULT);

    assertThat(few.psi().value()).isGreaterThan(0.2);
    assertThat(few.psiLimit()).isEqualTo(few.psi().noise()).isGreaterThan(few.psi().value());
    assertThat(few.drifted()).isFalse();
    assertThat(many.psiLimit()).isEqualTo(0.2);
    assertThat(many.drifted()).isTrue();
    assertThat(many.median()).isEqualTo(1300.5);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new DriftLimits(0, 0.01))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--psi-limit is 0.0");
    assertThatThrownBy(() -> new DriftLimits(0.2, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--ks-alpha is 1.0");
  }

  /** 1 + shift, 2 + shift, ... */
  private static ScoreDistribution rising(int count, float shift) {
    float[] scores = new float[count];
    IntStream.range(0, count).forEach(i -> scores[i] = i + 1 + shift);
    return ScoreDistribution.of(scores);
  }

  private static float[] filled(int count, float score) {
    float[] scores = new float[count];
    Arrays.fill(scores, score);
    return scores;
  }

  private static ScoreDistribution scores(float... scores) {
    return ScoreDistribution.of(scores);
  }
}
