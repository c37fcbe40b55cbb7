package io.nightjar.dataset.decode;

import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Image formats that are not read, recognised by the first bytes of the content, so that a message
 * can name them whatever the file is called. Containers of anything (HDF5, PDF, films) are none.
 */
public final class UnreadFormat {
  /** How many bytes are needed to recognise them all: DICOM's mark follows 128 free bytes. */
  public static final int SIGNATURE_BYTES = 132;

  private static final int BRAND_AT = 8;
  private static final int BRAND_BYTES = 4;

  /** Byte by byte as characters; what a file of the format begins with. */
  private record Signature(String name, Pattern start) {
    static Signature of(String name, String regex) {
      return new Signature(name, Pattern.compile(regex, Pattern.DOTALL));
    }
  }

  /**
   * After the magic number of Netpbm's formats come white space and a number or a comment, which
   * distinguishes them from text.
   */
  private static final String NETPBM_GOES_ON = "\\s+[#\\d]";

  private static final List<Signature> SIGNATURES =
      List.of(
          Signature.of("WebP", "RIFF.{4}WEBP"),
          Signature.of("GIF", "GIF8[79]a"),
          Signature.of("JPEG 2000", "\\x00\\x00\\x00\\x0cjP  "),
          Signature.of("JPEG 2000", "\\xffO\\xffQ"),
          Signature.of("JPEG XL", "\\x00\\x00\\x00\\x0cJXL "),
          Signature.of("JPEG XL", "\\xff\\x0a"),
          Signature.of("JPEG XR", "II\\xbc"),
          Signature.of("FITS", "SIMPLE  ="),
          Signature.of("DICOM", ".{128}DICM"),
          Signature.of("OpenEXR", "v/1\\x01"),
          Signature.of("Photoshop", "8BPS"),
          Signature.of("Radiance HDR", "#\\?(RADIANCE|RGBE)"),
          Signature.of("DDS", "DDS \\|\\x00\\x00\\x00"),
          Signature.of("PBM", "P[14]" + NETPBM_GOES_ON),
          Signature.of("PGM", "P[25]" + NETPBM_GOES_ON),
          Signature.of("PPM", "P[36]" + NETPBM_GOES_ON),
          Signature.of("PAM", "P7\\s+(#|WIDTH|HEIGHT|DEPTH|MAXVAL|TUPLTYPE)"),
          Signature.of("PFM", "P[Ff]" + NETPBM_GOES_ON));

  /** By the brands of ISO's media container, which holds films as well. */
  private static final Map<String, String> CODINGS =
      Map.ofEntries(
          Map.entry("avif", "AVIF"),
          Map.entry("avis", "AVIF"),
          Map.entry("heic", "HEIC"),
          Map.entry("heix", "HEIC"),
          Map.entry("heim", "HEIC"),
          Map.entry("heis", "HEIC"),
          Map.entry("hevc", "HEIC"),
          Map.entry("hevx", "HEIC"),
          Map.entry("crx ", "CR3"));

  /** Images of any coding, which one of the compatible brands names. */
  private static final Set<String> IMAGES_OF_ANY_CODING = Set.of("mif1", "mif2", "msf1");

  private UnreadFormat() {}

  /** The name of the format of a file that starts with these bytes; empty for any other. */
  public static Optional<String> of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("ftyp", BRAND_AT - BRAND_BYTES)) {
      return ofBrands(text);
    }
    return SIGNATURES.stream()
        .filter(signature -> signature.start().matcher(text).lookingAt())
        .map(Signature::name)
        .findFirst();
  }

  /** What is said of such an image, in a sentence. */
  public static String refusal(String name) {
    return Text.format(
        "It is an image of the type %s, which is not read; convert it to PNG.", name);
  }

  /** The major brand is followed by its version and by the brands that it is compatible with. */
  private static Optional<String> ofBrands(String text) {
    int end = Math.min(text.length(), boxBytes(text));
    Set<String> brands = new HashSet<>();
    for (int at = BRAND_AT; at + BRAND_BYTES <= end; at += BRAND_BYTES) {
      brands.add(text.substring(at, at + BRAND_BYTES));
    }
    String major =
        text.substring(
            Math.min(BRAND_AT, text.length()), Math.min(BRAND_AT + BRAND_BYTES, text.length()));
    if (!IMAGES_OF_ANY_CODING.contains(major)) {
      return Optional.ofNullable(CODINGS.get(major));
    }
    return Optional.of(
        brands.stream()
            .sorted()
            .filter(CODINGS::containsKey)
            .map(CODINGS::get)
            .findFirst()
            .orElse("HEIF"));
  }

  private static int boxBytes(String text) {
    long bytes = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes = bytes << Byte.SIZE | text.charAt(i);
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }
}
