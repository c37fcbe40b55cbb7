package io.nightjar.tile;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * The tiles along one axis of an image: each begins a side less the overlap after the one before
 * it, and the last is shifted inwards, so that all are whole. An image that is no longer than a
 * side has one tile, itself.
 *
 * @param length of the image in pixels, at least 1
 * @param side of a tile in pixels, at least 1
 * @param overlap of neighbouring tiles in pixels, 0 to less than a side; the last two tiles may
 *     overlap by more
 */
public record TileAxis(int length, int side, int overlap) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses numbers out of range.
   *
   * @param length of the image in pixels, at least 1
   * @param side of a tile in pixels, at least 1
   * @param overlap of neighbouring tiles in pixels, 0 to less than a side
   */
  public TileAxis {
    if (length < 1 || side < 1 || overlap < 0 || overlap >= side) {
      throw new IllegalArgumentException(
          Text.format(
              "%d pixels have no tiles of %d that overlap by %d pixels", length, side, overlap));
    }
  }

  /**
   * The number of tiles.
   *
   * @return at least 1
   */
  public int count() {
    int stride = side - overlap;
    return side >= length ? 1 : 1 + (length - side + stride - 1) / stride;
  }

  /**
   * The pixels of a tile: a side, or the whole image where that is shorter.
   *
   * @return 1 to the length
   */
  public int extent() {
    return Math.min(side, length);
  }

  /**
   * The first pixel of a tile.
   *
   * @param tile from 0
   * @return 0 to the length less the extent
   */
  public int start(int tile) {
    return Math.min(tile * (side - overlap), length - extent());
  }

  /**
   * The first pixel of a tile in an image of another length, whose tiles are longer or shorter in
   * proportion.
   *
   * @param tile from 0
   * @param actual length of that image in pixels
   * @return 0 to less than that length
   */
  public int from(int tile, int actual) {
    return Math.min(scaled(start(tile), actual), actual - 1);
  }

  /**
   * The pixel after the last one of a tile in an image of another length.
   *
   * @param tile from 0
   * @param actual length of that image in pixels
   * @return more than {@link #from}, and at most that length
   */
  public int to(int tile, int actual) {
    return Math.max(scaled(start(tile) + extent(), actual), from(tile, actual) + 1);
  }

  /** Rounded to the nearest pixel, half a pixel up. */
  private int scaled(int position, int actual) {
    return actual == length ? position : (int) ((2L * position * actual + length) / (2L * length));
  }

  /**
   * How much a tile counts at a position of the image: 1 within it, falling linearly to 0 over the
   * overlap at each edge that is not the image's, and 0 outside. The weights of all tiles at a
   * position, divided by their sum, blend the tiles.
   *
   * @param tile from 0
   * @param position in pixels from the image's beginning, such as 0.5 for the first pixel's centre
   * @return 0 to 1
   */
  public double weight(int tile, double position) {
    int start = start(tile);
    int end = start + extent();
    if (position < start || position >= end) {
      return 0;
    }
    double weight = 1;
    if (start > 0 && overlap > 0) {
      weight = Math.min(weight, (position - start) / overlap);
    }
    if (end < length && overlap > 0) {
      weight = Math.min(weight, (end - position) / overlap);
    }
    return weight;
  }
}
