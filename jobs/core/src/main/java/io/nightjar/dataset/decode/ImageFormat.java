package io.nightjar.dataset.decode;

import java.util.Optional;

/**
 * The image formats that are read, recognised by the first bytes of the content, not by the file's
 * name.
 */
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG,
  /** JPEG, baseline or progressive. */
  JPEG,
  /** Windows bitmap. */
  BMP,
  /** Tagged Image File Format, with offsets of 32 bits or, as BigTIFF, of 64. */
  TIFF;

  /** How many bytes are needed to recognise the format. */
  public static final int SIGNATURE_BYTES = 4;

  /** The format of a file that starts with these bytes; empty for any other. */
  public static Optional<ImageFormat> of(byte[] start) {
    if (begins(start, 0x89, 'P', 'N', 'G')) {
      return Optional.of(PNG);
    }
    if (begins(start, 0xff, 0xd8, 0xff)) {
      return Optional.of(JPEG);
    }
    if (begins(start, 'B', 'M')) {
      return Optional.of(BMP);
    }
    if (begins(start, 'I', 'I', 42, 0)
        || begins(start, 'M', 'M', 0, 42)
        || begins(start, 'I', 'I', 43, 0)
        || begins(start, 'M', 'M', 0, 43)) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] start, int... signature) {
    if (start.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((start[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
