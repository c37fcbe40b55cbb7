package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HighestPatchesTest {
  /** 5 x 3. */
  private static final AnomalyMap MAP =
      new AnomalyMap(new float[] {9, 8, 1, 2, 3, 7, 6, 1, 4, 5, 1, 1, 1, 1, 5}, 5, 3);

  @Test
  void neighboursOfAHighPatchAreNotTaken() {
    // 9 takes 8, 7 and 6 away; of the two 5s the upper one is first, which takes the other away.
    assertThat(HighestPatches.of(MAP, 2)).containsExactly(0, 9);
    assertThat(HighestPatches.of(MAP, 3)).containsExactly(0, 9, 2);
  }

  @Test
  void fewerAreFoundWhereNoOtherIsLeft() {
    assertThat(HighestPatches.of(MAP, 100)).containsExactly(0, 9, 2, 10, 12);
    assertThat(HighestPatches.of(MAP, 0)).isEmpty();
  }

  @Test
  void equalPatchesAreTakenInTheirOrder() {
    assertThat(HighestPatches.of(new AnomalyMap(new float[9], 3, 3), 9))
        .containsExactly(0, 2, 6, 8);
  }
}
