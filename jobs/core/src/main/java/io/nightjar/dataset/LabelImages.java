package io.nightjar.dataset;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.ImageFormat;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
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
      return hasFewColours(FileBytes.read(uri, conf), uri);
    } catch (UnreadableFileException e) {
      return false;
    }
  }

  /**
   * Whether an image has no more colours than a label image has.
   *
   * @param encoded the image's file
   * @param uri named in the error
   * @throws UnreadableFileException where it cannot be decoded
   */
  public static boolean hasFewColours(byte[] encoded, String uri) throws UnreadableFileException {
    Set<Integer> colours = new HashSet<>();
    ImageDecoder.rows(
        encoded,
        uri,
        WhiteLevel.FULL,
        (y, row) -> {
          for (int i = 0; i < row.length && colours.size() <= COLOURS; i += 3) {
            colours.add(((row[i] & 0xff) << 16) | ((row[i + 1] & 0xff) << 8) | (row[i + 2] & 0xff));
          }
        });
    return colours.size() <= COLOURS;
  }
}
