package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import java.io.IOException;

/**
 * The strips or tiles of an image, each compressed by itself.
 *
 * @param width of a segment in pixels; a strip is as wide as the image
 * @param height of a segment in rows
 * @param padded whether segments at the right and lower edge have the full size, as tiles do
 * @param offsets where each begins in the file
 * @param counts bytes of each; empty where the file does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Segments(int width, int height, boolean padded, long[] offsets, long[] counts) {
  private static final int STRIP_OFFSETS = 273;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  static Segments of(TiffDirectory directory, int width, int height) throws IOException {
    boolean tiled = directory.has(TILE_OFFSETS);
    if (!tiled && !directory.has(STRIP_OFFSETS)) {
      throw new UnreadableImageException("The TIFF is damaged: it has no pixels.");
    }
    return tiled
        ? new Segments(
            side(directory.first(TILE_WIDTH, 0)),
            side(directory.first(TILE_HEIGHT, 0)),
            true,
            directory.values(TILE_OFFSETS),
            directory.values(TILE_BYTES))
        : new Segments(
            width,
            side(Math.min(height, directory.first(ROWS_PER_STRIP, height))),
            false,
            directory.values(STRIP_OFFSETS),
            directory.values(STRIP_BYTES));
  }

  private static int side(long value) throws UnreadableImageException {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new UnreadableImageException(
          "The TIFF is damaged: the size of its strips or tiles does not exist.");
    }
    return (int) value;
  }

  /**
   * The bytes of all segments; at most those of the file where it does not say.
   *
   * @throws UnreadableImageException where one lies outside the file
   */
  long packedBytes(TiffDirectory directory) throws IOException {
    long sum = 0;
    for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
      directory.checkInside(offsets[i], counts[i]);
      sum += counts[i];
    }
    return sum == 0 ? directory.length() : sum;
  }

  /** Segments side by side. */
  int across(int imageWidth) {
    return (int) (((long) imageWidth + width - 1) / width);
  }

  /** Segments below one another. */
  int down(int imageHeight) {
    return (int) (((long) imageHeight + height - 1) / height);
  }
}
