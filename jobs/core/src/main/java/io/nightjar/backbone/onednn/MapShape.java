package io.nightjar.backbone.onednn;

/**
 * The square maps of one image.
 *
 * @param channels values of a cell, a multiple of 16
 * @param side cells along each side
 */
public record MapShape(int channels, int side) {
  /** Channels of one block of memory. */
  static final int BLOCK = 16;

  public MapShape {
    if (channels < 1 || channels % BLOCK != 0 || side < 1) {
      throw new IllegalArgumentException(
          "Maps need a multiple of %d channels and at least one cell, not %d and %d"
              .formatted(BLOCK, channels, side));
    }
  }

  /** Values of one image. */
  public int values() {
    return Math.multiplyExact(Math.multiplyExact(side, side), channels);
  }
}
