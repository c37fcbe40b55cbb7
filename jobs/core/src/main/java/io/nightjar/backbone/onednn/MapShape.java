package io.nightjar.backbone.onednn;

import io.nightjar.text.Text;

/**
 * The square maps of one image.
 *
 * @param channels values of a cell, a multiple of 16
 * @param side cells along each side
 */
public record MapShape(int channels, int side) {
  /** Channels of one block of memory. */
  static final int BLOCK = 16;

  /** Refuses channels that are not whole blocks. */
  public MapShape {
    if (channels < 1 || channels % BLOCK != 0 || side < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "Maps need a multiple of %d channels and at least one cell, not %d and %d",
              BLOCK, channels, side));
    }
  }

  /** Values of one image. */
  public int values() {
    return Math.multiplyExact(Math.multiplyExact(side, side), channels);
  }
}
