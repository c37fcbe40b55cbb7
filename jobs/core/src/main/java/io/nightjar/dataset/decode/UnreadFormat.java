package io.nightjar.dataset.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Image formats that are not read, recognised by the first bytes of the content, so that a message
 * can name them.
 */
public final class UnreadFormat {
  /** How many bytes are needed to recognise them all: DICOM's mark follows 128 free bytes. */
  public static final int SIGNATURE_BYTES = 132;

  private UnreadFormat() {}

  /** The name of the format of a file that starts with these bytes; empty for any other. */
  public static Optional<String> of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return Optional.of("WebP");
    }
    if (text.startsWith("GIF8")) {
      return Optional.of("GIF");
    }
    if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return Optional.of("JPEG 2000");
    }
    if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) {
      return Optional.of("JPEG XL");
    }
    if (text.startsWith("ftyp", 4)) {
      return ofBrand(text.substring(8, Math.min(12, text.length())));
    }
    if (text.startsWith("SIMPLE  =")) {
      return Optional.of("FITS");
    }
    if (text.startsWith("DICM", 128)) {
      return Optional.of("DICOM");
    }
    if (text.startsWith("v/1\u0001")) {
      return Optional.of("OpenEXR");
    }
    if (text.startsWith("8BPS")) {
      return Optional.of("Photoshop");
    }
    return text.startsWith("#?RADIANCE") ? Optional.of("Radiance HDR") : Optional.empty();
  }

  /** Of ISO's media container, which holds films as well. */
  private static Optional<String> ofBrand(String brand) {
    return switch (brand) {
      case "avif", "avis" -> Optional.of("AVIF");
      case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> Optional.of("HEIC");
      default -> Optional.empty();
    };
  }
}
