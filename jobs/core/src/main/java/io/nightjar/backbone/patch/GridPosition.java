package io.nightjar.backbone.patch;

import io.nightjar.backbone.spec.Size;
import io.nightjar.text.Text;
import io.nightjar.tile.TileAxis;
import io.nightjar.tile.Tiling;
import java.io.Serializable;

/**
 * The place of a patch on the grid as two more values of its row: {@code step} times its grid row
 * and {@code step} times its grid column, both from 0. So patches that lie apart in the image are
 * apart in the search as well: {@code n} cells away costs {@code n * step} in the distance, in
 * quadrature. Where images are cut into tiles, rows and columns are those of the whole image, in
 * cells of a tile: a tile that begins at pixel {@code p} begins at cell {@code p * cells / side}.
 *
 * @param grid patches along each side, of a tile
 * @param step what one cell away adds to a value, 0 or more
 * @param tiles of an image
 */
public record GridPosition(Size grid, double step, Tiling tiles) implements Serializable {
  private static final long serialVersionUID = 3L;

  /** Values that it adds to a row. */
  public static final int VALUES = 2;

  /** Refuses a step that is no number or negative. */
  public GridPosition {
    if (!(step >= 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          Text.format("A grid of %s cells cannot have a step of %s", grid, step));
    }
  }

  /**
   * A grid over whole images.
   *
   * @param grid patches along each side
   * @param step what one cell away adds to a value, 0 or more
   */
  public GridPosition(Size grid, double step) {
    this(grid, step, Tiling.WHOLE);
  }

  /**
   * A square grid.
   *
   * @param side patches along each side
   * @param step what one cell away adds to a value, 0 or more
   */
  public GridPosition(int side, double step) {
    this(Size.square(side), step);
  }

  /**
   * Adds the place to the rows of whole images.
   *
   * @param rows row-major {@code [images * patches][components]}, each image's patches in row-major
   *     order over the grid
   * @param components values of a row without the place
   * @return row-major {@code [images * patches][components + 2]}
   * @throws IllegalArgumentException if the rows are not those of whole images
   */
  public float[] appendedTo(float[] rows, int components) {
    if (rows.length % Math.multiplyExact(tiles.count() * grid.cells(), components) != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values are not the %d patches of whole images, of %d values each",
              rows.length, tiles.count() * grid.cells(), components));
    }
    return appendedTo(rows, components, 0);
  }

  /**
   * Adds the place to the rows of whole tiles that follow one another.
   *
   * @param rows row-major {@code [tiles * patches][components]}, each tile's patches in row-major
   *     order over the grid
   * @param components values of a row without the place
   * @param firstTile the number of the first tile in its image, from 0
   * @return row-major {@code [tiles * patches][components + 2]}
   * @throws IllegalArgumentException if the rows are not those of whole tiles
   */
  public float[] appendedTo(float[] rows, int components, int firstTile) {
    int patches = grid.cells();
    if (rows.length % Math.multiplyExact(patches, components) != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values are not the %d patches of whole tiles, of %d values each",
              rows.length, patches, components));
    }
    int count = rows.length / components;
    int width = components + VALUES;
    int across = tiles.columns().count();
    float[] placed = new float[Math.multiplyExact(count, width)];
    for (int row = 0; row < count; row++) {
      int tile = (firstTile + row / patches) % tiles.count();
      int rowOfTile = row % patches / grid.width();
      int columnOfTile = row % grid.width();
      double gridRow = first(tiles.rows(), tile / across, grid.height()) + rowOfTile;
      double gridColumn = first(tiles.columns(), tile % across, grid.width()) + columnOfTile;
      int at = row * width;
      System.arraycopy(rows, row * components, placed, at, components);
      placed[at + components] = (float) (step * gridRow);
      placed[at + components + 1] = (float) (step * gridColumn);
    }
    return placed;
  }

  /** The cell of the whole image at which a tile begins. */
  private static double first(TileAxis axis, int tile, int cells) {
    return (double) axis.start(tile) * cells / axis.extent();
  }
}
