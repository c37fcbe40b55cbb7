package io.nightjar.dataset.image;

import io.nightjar.tile.TileAxis;
import io.nightjar.tile.Tiling;
import java.util.function.Consumer;

/**
 * Cuts an image into tiles while its rows come in: of the image it holds the rows of those tiles
 * that are not complete.
 */
public final class TileCutter implements RgbRows {
  private final Tiling tiles;
  private final int width;
  private final int height;
  private final Consumer<RgbImage> consumer;
  private final byte[][] bands;
  private int complete;

  /**
   * A cutter of one image.
   *
   * @param tiles to cut
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param consumer takes the tiles, row by row of tiles
   */
  public TileCutter(Tiling tiles, int width, int height, Consumer<RgbImage> consumer) {
    this.tiles = tiles;
    this.width = width;
    this.height = height;
    this.consumer = consumer;
    this.bands = new byte[tiles.rows().count()][];
  }

  @Override
  public void accept(int y, byte[] row) {
    TileAxis rows = tiles.rows();
    for (int band = complete; band < bands.length && rows.from(band, height) <= y; band++) {
      int from = rows.from(band, height);
      int to = rows.to(band, height);
      if (bands[band] == null) {
        bands[band] = new byte[Math.multiplyExact(3 * width, to - from)];
      }
      System.arraycopy(row, 0, bands[band], (y - from) * 3 * width, 3 * width);
      if (y == to - 1) {
        cut(bands[band], to - from);
        bands[band] = null;
        complete = band + 1;
      }
    }
  }

  private void cut(byte[] band, int rows) {
    for (int column = 0; column < tiles.columns().count(); column++) {
      int from = tiles.columns().from(column, width);
      int columns = tiles.columns().to(column, width) - from;
      byte[] pixels = new byte[Math.multiplyExact(3 * columns, rows)];
      for (int y = 0; y < rows; y++) {
        System.arraycopy(band, 3 * (y * width + from), pixels, 3 * y * columns, 3 * columns);
      }
      consumer.accept(new RgbImage(columns, rows, pixels));
    }
  }
}
