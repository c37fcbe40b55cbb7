package io.nightjar.decision.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.score.ImageScoreKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalScoresTest {
  private static final List<ReferenceScores.Image> IMAGES =
      List.of(
          new ReferenceScores.Image("a.png", 8, 7, 6, 1),
          new ReferenceScores.Image("b.png", 4, 4, 3, 1),
          new ReferenceScores.Image("c.png", 2, 2, 2, 1));

  /** Of 10 patches each: 1, 2, 4 and 8 are starts of bins. */
  private static final PatchDistances PATCHES =
      PatchDistances.of(
          List.of(
              new float[] {8, 4, 2, 1, 1, 1, 1, 1, 1, 1},
              new float[] {4, 1, 1, 1, 1, 1, 1, 1, 1, 1},
              new float[] {2, 2, 1, 1, 1, 1, 1, 1, 1, 1}));

  /** Of the three scores of the kind, those at or above 5, and one. */
  @ParameterizedTest
  @CsvSource({"MAX, 0.5", "TOP3, 0.5", "TOP1_PERCENT, 0.5"})
  void scoresAreOfTheKind(ImageScoreKind kind, double expected) {
    assertThat(NormalScores.of(IMAGES, PATCHES, kind).scores().pValue(5)).isEqualTo(expected);
    assertThat(NormalScores.of(IMAGES, PATCHES, ImageScoreKind.MAX).scores().pValue(7.5f))
        .isEqualTo(0.5);
    assertThat(NormalScores.of(IMAGES, PATCHES, ImageScoreKind.TOP3).scores().pValue(7.5f))
        .isEqualTo(0.25);
  }

  /**
   * The fractions from 8, 4 and 2 on are 1, 3 and 6 of 30, which with one image more are (3 f + 1)
   * / 4 = 0.275, 0.325 and 0.4; above 8 it is 0.25.
   */
  @ParameterizedTest
  @CsvSource({"0.25, 8.03125", "0.274, 8.03125", "0.275, 8", "0.325, 4", "0.4, 2", "0.99, 2"})
  void patchesAreAnomalousFromTheSmallestDistanceOnThatTheRateAllows(double rate, float expected) {
    assertThat(NormalScores.of(IMAGES, PATCHES, ImageScoreKind.MAX).patchThreshold(rate))
        .isEqualTo(expected);
  }
}
