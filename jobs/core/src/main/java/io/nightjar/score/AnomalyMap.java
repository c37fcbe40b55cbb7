package io.nightjar.score;

import io.nightjar.text.Text;
import io.nightjar.tile.TileAxis;
import io.nightjar.tile.Tiling;
import java.io.Serializable;

/**
 * Anomaly scores on a grid over an image: higher means more anomalous. Where an image is cut into
 * tiles, the grids of its tiles lie side by side; they are blended where the map is upsampled.
 *
 * @param values {@code height x width} scores, row by row; kept, not copied
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param tiles of the image
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of scores, never compared or used as a key
public record AnomalyMap(float[] values, int width, int height, Tiling tiles)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Refuses an array whose length does not fit the size. */
  public AnomalyMap {
    if (width < 1 || height < 1 || values.length != (long) width * height) {
      throw new IllegalArgumentException(
          Text.format(
              "An anomaly map of %d x %d needs %d values, not %d",
              width, height, (long) width * height, values.length));
    }
    if (height % tiles.rows().count() != 0 || width % tiles.columns().count() != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "An anomaly map of %d x %d is not that of %s", width, height, tiles.describe()));
    }
  }

  /** The map of an image that is not cut into tiles. */
  public AnomalyMap(float[] values, int width, int height) {
    this(values, width, height, Tiling.WHOLE);
  }

  /**
   * The scores of an image's patches as its map.
   *
   * @param patches of each tile after the other, each row by row over its grid
   * @param width columns of a tile's grid
   * @param height rows of a tile's grid
   * @param tiles of the image
   */
  public static AnomalyMap of(float[] patches, int width, int height, Tiling tiles) {
    return tiles.isWhole()
        ? new AnomalyMap(patches, width, height)
        : new AnomalyMap(
            tiles.plane(patches, height, width),
            Math.multiplyExact(width, tiles.columns().count()),
            Math.multiplyExact(height, tiles.rows().count()),
            tiles);
  }

  /**
   * The map as one grid over the whole image, for those who know of no tiles: about as many cells a
   * pixel as those of the tiles, which are blended. The map itself where there are no tiles.
   */
  public AnomalyMap stitched() {
    return tiles.isWhole()
        ? this
        : Upsampling.full(
            this,
            cells(tiles.columns(), width / tiles.columns().count()),
            cells(tiles.rows(), height / tiles.rows().count()));
  }

  private static int cells(TileAxis axis, int ofTile) {
    return (int) Math.max(1, Math.round((double) axis.length() * ofTile / axis.extent()));
  }

  /** The largest score; NaN where any score is NaN. */
  public float max() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
