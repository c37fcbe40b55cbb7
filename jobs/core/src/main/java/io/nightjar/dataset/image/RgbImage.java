package io.nightjar.dataset.image;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * An 8-bit RGB image in memory.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param pixels {@code height x width x 3} bytes, row by row, red first; each byte is unsigned, 0
 *     to 255
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of pixels, never compared or used as a key
public record RgbImage(int width, int height, byte[] pixels) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Refuses an array whose length does not fit the size. */
  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          Text.format(
              "An image of %d x %d pixels needs %d bytes, not %d",
              width, height, 3L * width * height, pixels.length));
    }
  }

  /**
   * Hands over the rows, as those of a larger image.
   *
   * @param top where the first row lies in it
   * @param rows takes them
   */
  public void forEachRow(int top, RgbRows rows) {
    byte[] row = new byte[3 * width];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * row.length, row, 0, row.length);
      rows.accept(top + y, row);
    }
  }
}
