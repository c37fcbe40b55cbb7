package io.nightjar.dataset.decode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names image formats that are not read, by the first bytes of the content. */
public final class OtherFormats {
  /** How many bytes are needed to recognise them all: DICOM has its signature at 128. */
  public static final int SIGNATURE_BYTES = 132;

  private static final int DICOM_AT = 128;
  private static final int BRAND_AT = 8;

  /** By the text that a file begins with, after a number of bytes that do not matter. */
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("GIF8", "GIF");
    NAMES.put("8BPS", "Photoshop");
    NAMES.put("SIMPLE  =", "FITS");
    NAMES.put("v/1\u0001", "OpenEXR");
    NAMES.put("#?RADIANCE", "Radiance HDR");
    NAMES.put("\u0000\u0000\u0000\u000cjP  ", "JPEG 2000");
    NAMES.put("\u00ffO\u00ffQ", "JPEG 2000");
    NAMES.put("\u0000\u0000\u0000\u000cJXL ", "JPEG XL");
    NAMES.put("\u00ff\n", "JPEG XL");
    NAMES.put("II\u00bc", "JPEG XR");
    NAMES.put("DDS ", "DDS");
    NAMES.put("\u0089HDF", "HDF5");
    NAMES.put("P1", "PBM");
    NAMES.put("P2", "PGM");
    NAMES.put("P3", "PPM");
    NAMES.put("P4", "PBM");
    NAMES.put("P5", "PGM");
    NAMES.put("P6", "PPM");
  }

  /** Of files of the ISO base media format, by their brand. */
  private static final Map<String, String> BRANDS =
      Map.of(
          "avif", "AVIF", "avis", "AVIF", "heic", "HEIC", "heix", "HEIC", "hevc", "HEIC", "mif1",
          "HEIF", "msf1", "HEIF");

  private OtherFormats() {}

  /**
   * The name of the format of a file that starts with these bytes; empty for those that are read
   * and for all that are not known.
   *
   * @param start at least {@link #SIGNATURE_BYTES}, or the whole file
   */
  public static Optional<String> name(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("RIFF") && text.startsWith("WEBP", BRAND_AT)) {
      return Optional.of("WebP");
    }
    if (text.startsWith("ftyp", 4) && text.length() >= BRAND_AT + 4) {
      return Optional.ofNullable(BRANDS.get(text.substring(BRAND_AT, BRAND_AT + 4)));
    }
    if (text.startsWith("DICM", DICOM_AT)) {
      return Optional.of("DICOM");
    }
    return NAMES.entrySet().stream()
        .filter(entry -> text.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
