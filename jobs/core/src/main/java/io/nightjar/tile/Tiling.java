package io.nightjar.tile;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * The tiles of an image, row by row. They are laid out for images of one size; an image of another
 * size has as many, longer or shorter in proportion.
 *
 * @param rows along the height
 * @param columns along the width
 */
public record Tiling(TileAxis rows, TileAxis columns) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No tiles: every image is taken as a whole, whatever its size. */
  public static final Tiling WHOLE = new Tiling(new TileAxis(1, 1, 0), new TileAxis(1, 1, 0));

  /**
   * Whether images are taken as wholes.
   *
   * @return true for {@link #WHOLE} alone, false for a single tile of images of a size
   */
  public boolean isWhole() {
    return equals(WHOLE);
  }

  /**
   * The tiles of an image.
   *
   * @return at least 1
   */
  public int count() {
    return Math.multiplyExact(rows.count(), columns.count());
  }

  /**
   * Brings what was computed tile by tile into the rows of one plane, in which the tiles lie side
   * by side without overlapping.
   *
   * @param values one for each cell of each tile, tile after tile, each row by row
   * @param height cells of a tile along the height
   * @param width cells of a tile along the width
   * @return as many values, row by row over {@code rows.count() * height} rows of {@code
   *     columns.count() * width}
   * @throws IllegalArgumentException for another number of values
   */
  public float[] plane(float[] values, int height, int width) {
    if (values.length != (long) count() * height * width) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values are not those of %d tiles of %d x %d cells",
              values.length, count(), height, width));
    }
    int across = columns.count();
    float[] plane = new float[values.length];
    for (int row = 0; row < values.length / width; row++) {
      int tile = row / height;
      int line = tile / across * height + row % height;
      System.arraycopy(values, row * width, plane, (line * across + tile % across) * width, width);
    }
    return plane;
  }

  /**
   * The tiles for people.
   *
   * @return such as {@code 2 x 3 tiles of 384 x 384 pixels that overlap by 64}
   */
  public String describe() {
    return Text.format(
        "%d x %d tiles of %d x %d pixels that overlap by %d",
        rows.count(), columns.count(), rows.extent(), columns.extent(), rows.overlap());
  }
}
