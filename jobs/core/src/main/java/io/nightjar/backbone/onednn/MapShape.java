package io.nightjar.backbone.onednn;

import io.nightjar.text.Text;

/**
 * The maps of one image.
 *
 * @param channels values of a cell, a multiple of 16
 * @param height rows of cells
 * @param width columns of cells
 */
public record MapShape(int channels, int height, int width) {
  /** Channels of one block of memory. */
  static final int BLOCK = 16;

  /** Refuses channels that are not whole blocks. */
  public MapShape {
    if (channels < 1 || channels % BLOCK != 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "Maps need a multiple of %d channels and at least one cell, not %d and %d x %d",
              BLOCK, channels, height, width));
    }
  }

  /** Square maps. */
  public MapShape(int channels, int side) {
    this(channels, side, side);
  }

  /** Values of one image. */
  public int values() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }
}
