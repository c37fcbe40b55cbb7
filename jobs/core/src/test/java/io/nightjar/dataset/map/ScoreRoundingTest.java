package io.nightjar.dataset.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.image.UnreadableImageException;
import org.junit.jupiter.api.Test;

class ScoreRoundingTest {
  @Test
  void scoresBelowAFloatsStepFallTogether() throws Exception {
    // Below 1 float32 has steps of 2^-24: the first three are one float, and the last is another.
    ScoreRounding loss = loss(0, 1 - 1e-9, 1 - 2e-9, 1 - 3e-9, 1 - 1e-9, 0.5);

    assertThat(loss).isEqualTo(new ScoreRounding(4, 2, 0.5, 1 - 1e-9));
    assertThat(loss.isCoarse()).isTrue();
  }

  @Test
  void countedFromTheLargestTheyAreDistinct() throws Exception {
    ScoreRounding fromLargest = loss(1 - 1e-9, 1 - 1e-9, 1 - 2e-9, 1 - 3e-9, 1 - 1e-9, 0.5);

    assertThat(fromLargest.merged()).isZero();
    assertThat(fromLargest.improves(loss(0, 1 - 1e-9, 1 - 2e-9, 1 - 3e-9, 1 - 1e-9, 0.5))).isTrue();
  }

  @Test
  void doublesThatAreFloatsLoseNothing() throws Exception {
    ScoreRounding loss = loss(0, 0.25f, 0.3f, -7.1f, 0.0, -0.0);

    assertThat(loss).isEqualTo(new ScoreRounding(4, 0, -7.1f, 0.3f));
    assertThat(loss.isLossy()).isFalse();
    assertThat(loss.isCoarse()).isFalse();
  }

  @Test
  void mapsThatDifferOnlyFromOneAnotherAreCoarseToo() throws Exception {
    ScoreRounding one = loss(0, 1 - 1e-9, 1 - 1e-9);
    ScoreRounding other = loss(0, 1 - 2e-9, 1 - 2e-9);

    assertThat(one.isCoarse()).isFalse();
    assertThat(one.plus(other).isLossy()).isFalse();
    assertThat(one.plus(other).isCoarse()).isTrue();
    assertThat(loss(1 - 1e-9, 1 - 1e-9).improves(one.plus(other))).isTrue();
  }

  @Test
  void mapsOfFloatsHaveNoLoss() throws Exception {
    DecodedMap floats = DecodedMap.ofFinite(new float[] {1, 2}, 2, 1);

    assertThat(ScoreRounding.of(floats, 0)).isEqualTo(ScoreRounding.NONE);
    assertThat(ScoreRounding.NONE.isCoarse()).isFalse();
  }

  private static ScoreRounding loss(double origin, double... scores)
      throws UnreadableImageException {
    return ScoreRounding.of(DecodedMap.ofFinite(scores, scores.length, 1), origin);
  }
}
