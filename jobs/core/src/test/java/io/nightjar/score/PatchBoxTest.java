package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PatchBoxTest {
  /** 4 x 3 patches over 10 x 6 pixels: 2.5 x 2 each. */
  private static final PatchBox.Grid GRID = new PatchBox.Grid(4, 3, 10, 6);

  @Test
  void everyPixelCountsThatAPatchCoversInPart() {
    assertThat(GRID.of(0)).isEqualTo(new PatchBox(0, 0, 3, 2));
    // Columns 2.5 to 5 and 7.5 to 10.
    assertThat(GRID.of(1)).isEqualTo(new PatchBox(2, 0, 3, 2));
    assertThat(GRID.of(11)).isEqualTo(new PatchBox(7, 4, 3, 2));
  }

  @Test
  void surroundingsEndWithTheGrid() {
    assertThat(GRID.around(0, 1)).isEqualTo(new PatchBox(0, 0, 5, 4));
    assertThat(GRID.around(5, 1)).isEqualTo(new PatchBox(0, 0, 8, 6));
    assertThat(GRID.around(5, 9)).isEqualTo(new PatchBox(0, 0, 10, 6));
  }

  @Test
  void aCellThatIsNoneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> GRID.of(12)).withMessageContaining("12");
  }
}
