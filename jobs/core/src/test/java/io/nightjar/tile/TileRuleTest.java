package io.nightjar.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** What the options ask for. */
class TileRuleTest {
  @Test
  void numbersFrom32OnAreSidesInPixels() {
    assertThat(TileRule.parse("512", 64)).isEqualTo(new TileRule(512, 512, 64));
    assertThat(TileRule.parse(" 512x768 ", 0)).isEqualTo(new TileRule(512, 768, 0));
    assertThat(TileRule.parse("32x32", 31)).isEqualTo(new TileRule(32, 32, 31));
    assertThat(TileRule.parse("OFF", 0)).isEqualTo(TileRule.NONE);
    assertThat(TileRule.parse("512x512", 64).value()).isEqualTo("512");
    assertThat(TileRule.parse("512x768", 64).value()).isEqualTo("512x768");
    assertThat(TileRule.NONE.value()).isEqualTo("off");
  }

  /** Three rows of 210 pixels: (600 + 2 * 15) / 3; four columns of 212: (800 + 3 * 15) / 4, up. */
  @Test
  void smallerPairsAreRowsAndColumns() {
    TileRule rule = TileRule.parse("3x4", 15);
    Tiling tiles = rule.of(600, 800);

    assertThat(tiles.rows()).isEqualTo(new TileAxis(600, 210, 15));
    assertThat(tiles.columns()).isEqualTo(new TileAxis(800, 212, 15));
    assertThat(tiles.count()).isEqualTo(12);
    assertThat(rule.value()).isEqualTo("3x4");
    assertThat(TileRule.parse("2x2", 0).value()).isEqualTo("2x2");
    assertThat(TileRule.parse("1x4", 0).of(100, 400).rows()).isEqualTo(new TileAxis(100, 100, 0));
  }

  @Test
  void whatCouldBeBothIsRefused() {
    for (String tiles :
        new String[] {"16", "3x512", "512x3", "0x3", "3x", "x", "", "3x4x5", "-1"}) {
      assertThatThrownBy(() -> TileRule.parse(tiles, 0))
          .as(tiles)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--tiles");
    }
    assertThatThrownBy(() -> TileRule.parse("16", 0))
        .hasMessageContaining("a side of at least 32 pixels")
        .hasMessageContaining("rows and columns below 32, such as 3x4");
  }

  @Test
  void overlapsReachNoWholeTile() {
    for (int overlap : new int[] {-1, 512, 600}) {
      assertThatThrownBy(() -> TileRule.parse("512x768", overlap))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--tile-overlap is " + overlap)
          .hasMessageContaining("less than a tile's side, 512");
    }
    assertThatThrownBy(() -> TileRule.parse("off", 64))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--tile-overlap 64 has no effect without --tiles");
  }

  @Test
  void imagesTooSmallForAGridAreRefused() {
    assertThatThrownBy(() -> TileRule.parse("3x20", 0).of(100, 400))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("400 pixels cannot be cut into 20 columns");
    assertThatThrownBy(() -> TileRule.parse("2x2", 300).of(100, 100))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("100 pixels cannot be cut into 2 rows");
  }

  @Test
  void tilesAreComparedWithWhatIsAskedFor() {
    TileRule side = TileRule.parse("48", 16);
    TileRule grid = TileRule.parse("2x3", 16);
    Tiling tiles = side.of(70, 100);

    assertThat(side.describes(tiles)).isTrue();
    assertThat(grid.describes(tiles)).isTrue();
    assertThat(TileRule.parse("48", 8).describes(tiles)).isFalse();
    assertThat(TileRule.parse("3x2", 16).describes(tiles)).isFalse();
    assertThat(TileRule.NONE.describes(tiles)).isFalse();
    assertThat(TileRule.NONE.describes(Tiling.WHOLE)).isTrue();
    assertThat(side.describes(Tiling.WHOLE)).isFalse();
  }

  /** The largest squares of 28 cells that are no longer than the defect. */
  @Test
  void tilesAreChosenForADefect() {
    TileRule rule = TileRule.ofDefect(20, 28);

    assertThat(rule).isEqualTo(new TileRule(560, 560, 80, 20));
    assertThat(rule.of(3000, 4000).count()).isEqualTo(7 * 9);
    assertThat(rule.of(500, 560).count()).isEqualTo(1);
    assertThat(rule.describes(TileRule.parse("560", 80).of(3000, 4000))).isTrue();
    for (int pixels : new int[] {-1, 0, 1, 1001}) {
      assertThatThrownBy(() -> TileRule.ofDefect(pixels, 28))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--smallest-defect is " + pixels);
    }
  }
}
