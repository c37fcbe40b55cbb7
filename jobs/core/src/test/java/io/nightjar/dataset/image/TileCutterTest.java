package io.nightjar.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.tile.TileAxis;
import io.nightjar.tile.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tiles are what a plain loop over pixels cuts out. */
class TileCutterTest {
  @Test
  void tilesHaveThePixelsOfTheImage() {
    Tiling tiles = new Tiling(new TileAxis(70, 48, 40), new TileAxis(100, 33, 0));
    for (int[] size : new int[][] {{100, 70}, {50, 35}, {101, 211}, {3, 2}}) {
      RgbImage image = image(size[0], size[1]);
      List<RgbImage> cut = cut(tiles, image);

      assertThat(cut).hasSize(4 * 4);
      for (int tile = 0; tile < cut.size(); tile++) {
        int top = tiles.rows().from(tile / 4, image.height());
        int left = tiles.columns().from(tile % 4, image.width());
        RgbImage found = cut.get(tile);
        assertThat(found.height()).isEqualTo(tiles.rows().to(tile / 4, image.height()) - top);
        assertThat(found.width()).isEqualTo(tiles.columns().to(tile % 4, image.width()) - left);
        for (int i = 0; i < found.pixels().length; i++) {
          int y = top + i / 3 / found.width();
          int x = left + i / 3 % found.width();
          assertThat(found.pixels()[i]).isEqualTo(image.pixels()[3 * (y * size[0] + x) + i % 3]);
        }
      }
    }
  }

  private static RgbImage image(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    new Random(3).nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  private static List<RgbImage> cut(Tiling tiles, RgbImage image) {
    List<RgbImage> cut = new ArrayList<>();
    TileCutter cutter = new TileCutter(tiles, image.width(), image.height(), cut::add);
    byte[] row = new byte[3 * image.width()];
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.pixels(), y * row.length, row, 0, row.length);
      cutter.accept(y, row);
    }
    return cut;
  }
}
