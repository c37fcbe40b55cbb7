package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import java.util.Locale;

/**
 * The size of an image.
 *
 * @param width columns in pixels
 * @param height rows in pixels
 */
public record Dimensions(int width, int height) {
  /** The size of an image that is not too large to be decoded. */
  public static Dimensions decodable(int width, int height) throws UnreadableImageException {
    Dimensions size = new Dimensions(width, height);
    if (size.pixels() > ImageDecoder.MAX_PIXELS) {
      throw new UnreadableImageException(
          String.format(
              Locale.ROOT,
              "The image has %,d x %,d pixels; at most %,d in all are read.",
              width,
              height,
              ImageDecoder.MAX_PIXELS));
    }
    return size;
  }

  /** The number of pixels. */
  public long pixels() {
    return (long) width * height;
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
