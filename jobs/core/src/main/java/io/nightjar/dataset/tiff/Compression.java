package io.nightjar.dataset.tiff;

import io.nightjar.text.Text;
import java.util.Map;

/** How the strips of a TIFF are compressed (tag 259). */
final class Compression {
  static final int NONE = 1;
  static final int GROUP_4 = 4;
  static final int LZW = 5;
  static final int DEFLATE = 8;
  static final int OLD_DEFLATE = 32946;
  static final int PACK_BITS = 32773;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(NONE, "nothing"),
          Map.entry(LZW, "LZW"),
          Map.entry(DEFLATE, "Deflate"),
          Map.entry(OLD_DEFLATE, "Deflate"),
          Map.entry(PACK_BITS, "PackBits"),
          Map.entry(2, "CCITT"),
          Map.entry(3, "CCITT Group 3"),
          Map.entry(GROUP_4, "CCITT Group 4"),
          Map.entry(OLD_JPEG, "JPEG"),
          Map.entry(JPEG, "JPEG"),
          Map.entry(34661, "JBIG"),
          Map.entry(34712, "JPEG 2000"),
          Map.entry(34887, "LERC"),
          Map.entry(34925, "LZMA"),
          Map.entry(50000, "Zstandard"),
          Map.entry(50001, "WebP"),
          Map.entry(50002, "JPEG XL"));

  private Compression() {}

  /** Whether {@link SegmentRows} undoes it. */
  static boolean isUndone(int compression) {
    return compression == NONE || compression == PACK_BITS || isPredictable(compression);
  }

  /** Whether a predictor may have been applied before; the tag has no meaning with any other. */
  static boolean isPredictable(int compression) {
    return compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE;
  }

  static boolean isJpeg(int compression) {
    return compression == OLD_JPEG || compression == JPEG;
  }

  /** Whether ImageIO undoes it, in a TIFF 6.0. */
  static boolean isOfImageIo(int compression) {
    return isUndone(compression) || (compression > NONE && compression <= JPEG);
  }

  /** The most bytes that one compressed byte can become; CCITT has no such limit. */
  static long mostPacked(int compression) {
    return switch (compression) {
      case NONE -> 1;
      case 2, 3, GROUP_4 -> Integer.MAX_VALUE;
      case LZW -> 4096; // its longest string, for each code
      default -> 1032; // Deflate's
    };
  }

  static String name(int compression) {
    return NAMES.getOrDefault(compression, Text.format("method %d", compression));
  }
}
