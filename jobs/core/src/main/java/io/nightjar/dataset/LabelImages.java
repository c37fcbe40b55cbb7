package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.ImageFormat;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.hadoop.conf.Configuration;

/**
 * Masks and label images by what they hold: few colours, where photographs have thousands. Whether
 * a file may be one is seen from its length and its beginning, so that photographs need not be
 * decoded to know.
 */
public final class LabelImages {
  /** A label image has at most so many colours, and a photograph more. */
  public static final int COLOURS = 16;

  /** Files of no more bytes cost nothing to decode. */
  private static final int SMALL_BYTES = 4096;

  /** Few areas of one colour compress to less, noise of a camera never does. */
  private static final double BITS_OF_A_PIXEL = 2;

  /** The same for JPEG, which rounds noise away. */
  private static final double BITS_OF_A_JPEG_PIXEL = 0.25;

  /** Headers and palettes end before. */
  private static final int PIXELS_FROM = 2048;

  private LabelImages() {}

  /**
   * Whether a file can be a label image.
   *
   * @param size of the image, from its header
   * @param length of the file in bytes
   * @param start the first bytes of the file, 64 KiB where it has as many
   */
  static boolean mayBe(Dimensions size, long length, byte[] start) {
    double bits = 8.0 * length / ((double) size.width() * size.height());
    return switch (ImageFormat.of(start).orElse(ImageFormat.PNG)) {
      case PNG -> length <= SMALL_BYTES || bits <= BITS_OF_A_PIXEL;
      case JPEG -> length <= SMALL_BYTES || bits <= BITS_OF_A_JPEG_PIXEL;
      // Pixels may be stored as they are.
      case BMP, TIFF ->
          length <= SMALL_BYTES || bits <= BITS_OF_A_PIXEL || hasFewValues(start, 3 * COLOURS);
    };
  }

  private static boolean hasFewValues(byte[] start, int most) {
    BitSet values = new BitSet(256);
    for (byte value :
        Arrays.copyOfRange(start, Math.min(PIXELS_FROM, start.length), start.length)) {
      values.set(value & 0xff);
    }
    return values.cardinality() <= most;
  }

  /**
   * Whether an image is a label image; false for one that cannot be decoded, which is reported when
   * it is used.
   */
  static boolean isOne(String uri, Configuration conf) {
    try {
      return ImageDecoder.decode(FileBytes.read(uri, conf), uri, WhiteLevel.FULL)
          .hasAtMostColours(COLOURS);
    } catch (UnreadableFileException e) {
      return false;
    }
  }
}
