package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalScoresTest {
  private static final ConformalScores FOUR = new ConformalScores(new float[] {3, 1, 4, 3});

  /** (1 + the scores of 1, 3, 3, 4 at or above) / 5. */
  @ParameterizedTest
  @CsvSource({"0.5, 1", "1, 1", "1.5, 0.8", "3, 0.8", "3.5, 0.4", "4, 0.4", "4.5, 0.2"})
  void thePValueCountsTheScoresAtOrAbove(float score, double expected) {
    assertThat(FOUR.pValue(score)).isEqualTo(expected);
    assertThat(FOUR.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 4", "0.39, 4", "0.4, 3", "0.6, 3", "0.8, 1", "0.99, 1"})
  void imagesAboveTheLimitAreAnomalous(double rate, float limit) {
    assertThat(FOUR.limit(rate)).isEqualTo(limit);
    for (float score : new float[] {0.5f, 1, 2, 3, 3.5f, 4, 5}) {
      assertThat(FOUR.isAnomalous(score, rate))
          .as("%s", score)
          .isEqualTo(FOUR.pValue(score) <= rate)
          .isEqualTo(score > limit)
          .isEqualTo(FOUR.decide(score, rate).anomalous());
      assertThat(FOUR.decide(score, rate).pValue()).isEqualTo(FOUR.pValue(score));
    }
  }

  @Test
  void belowOneInTheImagesAndOneMoreNothingIsAnomalous() {
    assertThat(FOUR.isAnomalous(1e9f, 0.19)).isFalse();
    assertThatThrownBy(() -> FOUR.limit(0.19))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.19");
  }

  /** 0.07 * 100 is a little more than 7 in float64, and 0.29 * 100 a little less than 29. */
  @ParameterizedTest
  @CsvSource({"0.07, 7", "0.29, 29", "0.01, 1", "0.57, 57"})
  void ratesAreDecimalFractions(double rate, int tolerated) {
    float[] scores = new float[99];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = i;
    }
    ConformalScores hundred = new ConformalScores(scores);

    // Of 0 to 98, so many as tolerated lie above the limit, but for the new image itself.
    assertThat(hundred.limit(rate)).isEqualTo(99 - tolerated);
    assertThat(hundred.isAnomalous(99 - tolerated + 0.5f, rate)).isTrue();
    assertThat(hundred.isAnomalous(99 - tolerated, rate)).isFalse();
  }

  @Test
  void scoresMustBeThereAndBeNumbers() {
    assertThatThrownBy(() -> new ConformalScores(new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConformalScores(new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * Of exchangeable images exactly a rate of k / (n + 1) is taken for anomalous: 20,000 draws, the
   * count within five standard deviations of the binomial distribution.
   */
  @ParameterizedTest
  @CsvSource({"19, 0.05", "19, 0.2", "99, 0.01", "99, 0.1", "208, 0.01"})
  void exchangeableImagesAreFalseAlarmsAsOftenAsStated(int images, double rate) {
    Random random = new Random(images);
    int draws = 20_000;
    int alarms = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[] scores = new float[images];
      for (int i = 0; i < images; i++) {
        scores[i] = score(random);
      }
      alarms += new ConformalScores(scores).isAnomalous(score(random), rate) ? 1 : 0;
    }

    double exact = Math.floor(rate * (images + 1) + 1e-9) / (images + 1);
    double deviation = Math.sqrt(draws * exact * (1 - exact));
    assertThat((double) alarms)
        .isBetween(draws * exact - 5 * deviation, draws * exact + 5 * deviation);
  }

  /** With a long tail, as scores of images have. */
  private static float score(Random random) {
    return (float) Math.exp(random.nextGaussian());
  }

  @Test
  void tiesMakeFewerFalseAlarmsNeverMore() {
    Random random = new Random(5);
    int draws = 20_000;
    int alarms = 0;
    for (int draw = 0; draw < draws; draw++) {
      float[] scores = new float[19];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(10);
      }
      alarms += new ConformalScores(scores).isAnomalous(random.nextInt(10), 0.1) ? 1 : 0;
    }

    double deviation = Math.sqrt(draws * 0.1 * 0.9);
    assertThat((double) alarms).isLessThan(draws * 0.1 + 5 * deviation);
  }
}
