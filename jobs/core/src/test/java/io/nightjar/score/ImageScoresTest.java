package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageScoresTest {

  @Test
  void threeHighestPatchesAndTheHighestPercentOf28x28() {
    float[] map = new float[784];
    for (int i = 0; i < map.length; i++) {
      map[i] = (i * 31) % 784; // each of 0 to 783 once
    }

    ImageScores scores = ImageScores.of(900, new AnomalyMap(map, 28, 28));

    assertThat(scores).isEqualTo(new ImageScores(900, 782, 779.5f));
    assertThat(scores.of(ImageScoreKind.MAX)).isEqualTo(900);
    assertThat(scores.of(ImageScoreKind.TOP3)).isEqualTo(782);
    assertThat(scores.of(ImageScoreKind.TOP1_PERCENT)).isEqualTo(779.5f);
  }

  /** The number of values, rounded half upwards, and the mean of so many of n, n - 1, ... */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "3, 3",
    "49, 49",
    "50, 50",
    "149, 149",
    "150, 149.5",
    "249, 248.5",
    "250, 249",
    "1000000, 995000.5"
  })
  void theNumberOfValuesIsRoundedAndAtLeastOne(int size, double expected) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = size - i;
    }

    assertThat(HighestMean.ofFraction(values, 0.01)).isEqualTo(expected);
  }

  @Test
  void ofTwoPatchesBothAreTaken() {
    assertThat(ImageScores.of(5, new AnomalyMap(new float[] {4, 1}, 2, 1)).top3()).isEqualTo(2.5f);
  }

  @Test
  void equalValuesCountAsOftenAsTheyAreThere() {
    float[] values = {2, 7, 7, 1, 7, 7};

    assertThat(HighestMean.of(values, 3)).isEqualTo(7);
    assertThat(HighestMean.of(values, 5)).isEqualTo((4 * 7 + 2) / 5.0);
    assertThat(values).containsExactly(2, 7, 7, 1, 7, 7);
  }

  /** Above 8192 values most are sorted out first; negative ones and zeros are among them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 783, 8191, 8192, 8193, 40_000})
  void largeAndSmallMapsGiveTheMeanOfTheSortedValues(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
      if (random.nextInt(10) == 0) {
        values[i] = random.nextBoolean() ? 0f : -0f;
      }
    }

    for (int count : new int[] {1, 3, 400, size}) {
      assertThat((float) HighestMean.of(values, count)).isEqualTo(meanOfSorted(values, count));
    }
  }

  private static float meanOfSorted(float[] values, int count) {
    List<Float> sorted = new ArrayList<>();
    for (float value : values) {
      sorted.add(value);
    }
    sorted.sort(Collections.reverseOrder());
    int taken = Math.min(count, sorted.size());
    BigDecimal sum =
        sorted.subList(0, taken).stream()
            .map(value -> new BigDecimal((double) value))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return (float) (sum.doubleValue() / taken);
  }

  @Test
  void ofAnObjectInTwoImagesTheLargerScoreOfEachKindCounts() {
    assertThat(new ImageScores(3, 1, 2).larger(new ImageScores(1, 2, 1)))
        .isEqualTo(new ImageScores(3, 2, 2));
  }

  @Test
  void whereTheMapIsNotAtHandTheLargestValueAloneIsKnown() {
    ImageScores scores = ImageScores.ofMax(4);

    assertThat(scores.of(ImageScoreKind.MAX)).isEqualTo(4);
    assertThat(scores.has(ImageScoreKind.TOP3)).isFalse();
    assertThat(scores.larger(new ImageScores(1, 1, 1)).has(ImageScoreKind.TOP1_PERCENT)).isFalse();
    assertThatThrownBy(() -> scores.of(ImageScoreKind.TOP3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("top3");
  }

  @Test
  void optionsNameTheKinds() {
    assertThat(ImageScoreKind.of("max")).isEqualTo(ImageScoreKind.MAX);
    assertThat(ImageScoreKind.of("top3")).isEqualTo(ImageScoreKind.TOP3);
    assertThat(ImageScoreKind.of("top1%")).isEqualTo(ImageScoreKind.TOP1_PERCENT);
    assertThatThrownBy(() -> ImageScoreKind.of("top5"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --image-score is \"top5\"; it must be max or top3 or top1%.");
  }
}
