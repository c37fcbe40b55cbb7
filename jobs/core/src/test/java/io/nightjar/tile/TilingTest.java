package io.nightjar.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where tiles lie, by hand. */
class TilingTest {
  @Test
  void theLastTileIsShiftedInwards() {
    TileAxis axis = new TileAxis(100, 48, 16);

    assertThat(starts(axis)).containsExactly(0, 32, 52);
    assertThat(starts(new TileAxis(112, 48, 16))).containsExactly(0, 32, 64);
    assertThat(starts(new TileAxis(113, 48, 16))).containsExactly(0, 32, 64, 65);
    assertThat(starts(new TileAxis(96, 48, 0))).containsExactly(0, 48);
    assertThat(axis.extent()).isEqualTo(48);
  }

  private static int[] starts(TileAxis axis) {
    return IntStream.range(0, axis.count()).map(axis::start).toArray();
  }

  @Test
  void anImageNoLongerThanATileIsOneTile() {
    for (int length : new int[] {1, 30, 48}) {
      TileAxis axis = new TileAxis(length, 48, 16);
      assertThat(starts(axis)).containsExactly(0);
      assertThat(axis.extent()).isEqualTo(length);
      assertThat(axis.weight(0, 0.5)).isEqualTo(1);
    }
  }

  /** Half of the length: 0, 16 and 26; half pixels are rounded up. */
  @Test
  void tilesOfAnotherLengthAreInProportion() {
    TileAxis axis = new TileAxis(100, 48, 16);

    assertThat(IntStream.range(0, 3).map(tile -> axis.from(tile, 50))).containsExactly(0, 16, 26);
    assertThat(IntStream.range(0, 3).map(tile -> axis.to(tile, 50))).containsExactly(24, 40, 50);
    assertThat(axis.from(1, 33)).isEqualTo(11);
    assertThat(axis.from(2, 33)).isEqualTo(17);
    for (int tile = 0; tile < 3; tile++) {
      assertThat(axis.from(tile, 1)).isZero();
      assertThat(axis.to(tile, 1)).isEqualTo(1);
    }
  }

  @Test
  void weightsFallLinearlyOverTheOverlap() {
    TileAxis axis = new TileAxis(100, 48, 16);

    assertThat(axis.weight(0, 0)).isEqualTo(1);
    assertThat(axis.weight(0, 32)).isEqualTo(1);
    assertThat(axis.weight(0, 40)).isEqualTo(0.5);
    assertThat(axis.weight(1, 40)).isEqualTo(0.5);
    assertThat(axis.weight(1, 33)).isEqualTo(1 / 16.0);
    assertThat(axis.weight(0, 48)).isZero();
    assertThat(axis.weight(2, 99.5)).isEqualTo(1);
    assertThat(new TileAxis(100, 48, 0).weight(1, 48)).isEqualTo(1);
  }

  @Test
  void everyPositionLiesInATile() {
    for (int overlap : new int[] {0, 1, 16, 47}) {
      TileAxis axis = new TileAxis(131, 48, overlap);
      for (double position = 0.25; position < 131; position += 0.25) {
        double at = position;
        assertThat(
                IntStream.range(0, axis.count()).mapToDouble(tile -> axis.weight(tile, at)).sum())
            .isPositive();
      }
    }
  }

  @Test
  void theCellsOfTilesLieSideBySide() {
    Tiling tiles = new Tiling(new TileAxis(80, 48, 16), new TileAxis(80, 48, 16));
    float[] plane = tiles.plane(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 2);

    assertThat(plane).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(tiles.plane(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1))
        .containsExactly(1, 3, 2, 4, 5, 7, 6, 8);
    assertThat(tiles.count()).isEqualTo(4);
    assertThatThrownBy(() -> tiles.plane(new float[3], 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wholeImagesHaveNoTilesInFiles() {
    Tiling tiles = new Tiling(new TileAxis(70, 48, 16), new TileAxis(100, 64, 16));

    assertThat(TileNumbers.of(Tiling.WHOLE)).isNull();
    assertThat(TileNumbers.of(tiles).tiling()).isEqualTo(tiles);
    assertThat(TileNumbers.of(tiles).asMap().toString())
        .isEqualTo("{image_height=70, image_width=100, height=48, width=64, overlap=16}");
    assertThat(tiles.rows().weight(0, 3)).isCloseTo(1, within(0.0));
    assertThatThrownBy(() -> new TileNumbers(1, 1, 1, 1, 0).tiling())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TileAxis(100, 48, 48))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
