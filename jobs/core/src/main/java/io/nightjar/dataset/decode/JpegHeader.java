package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * What precedes the pixels of a JPEG (ITU-T T.81, annex B).
 *
 * @param size columns and rows
 * @param components samples a pixel: 1 grey, 3 colour, 4 CMYK or YCCK
 * @param namedRgb whether the components carry the names R, G and B
 * @param jfif whether it declares itself a JFIF file, and so grey or YCbCr
 * @param adobe whether Adobe's segment names the colour transform
 * @param profiles segments that change colours or carry no pixels: ICC, EXIF, thumbnails, comments
 * @param scanStart where the first scan begins
 * @param coefficientBytes what libjpeg holds, outside the heap, of an image whose pixels come in
 *     several scans, as those of progressive files do; 0 where they come in one
 */
record JpegHeader(
    Dimensions size,
    int components,
    boolean namedRgb,
    boolean jfif,
    boolean adobe,
    List<Segment> profiles,
    int scanStart,
    long coefficientBytes) {

  /** The bytes [start, end) of the file. */
  record Segment(int start, int end) {}

  /** A plain surface takes one bit for each block of 8 x 8 pixels, and seldom wider ones. */
  private static final long MOST_PIXELS_PER_BYTE = 2 * 8 * 64;

  /** An ICC profile, the longest of them, takes at most 255. */
  private static final int MOST_PROFILES = 10_000;

  /** Progressive files have about 10. */
  private static final int MOST_SCANS = 100;

  /** Each scan goes through all pixels again: 20 scans of the largest image. */
  private static final long MOST_SCANNED_PIXELS = 20 * ImageDecoder.MAX_PIXELS;

  private static final int SOI_BYTES = 2;
  private static final int SOF0_BASELINE = 0xc0;
  private static final int SOF2_PROGRESSIVE = 0xc2;
  private static final int SOF15 = 0xcf;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COM = 0xfe;

  /** APP0 of a plain JFIF file: version 1.01, square pixels, no thumbnail. */
  private static final byte[] JFIF_SEGMENT = {
    (byte) 0xff, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  static JpegHeader read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(SOI_BYTES);
    Frame frame = null;
    boolean jfif = false;
    boolean adobe = false;
    List<Segment> profiles = new ArrayList<>();
    while (true) {
      int start = (int) in.getStreamPosition();
      int marker = marker(in);
      if (marker == EOI) {
        throw damaged("it ends before its pixels");
      }
      long content = in.getStreamPosition() + 2;
      int end = (int) content - 2 + in.readUnsignedShort();
      if (marker == SOS) {
        if (frame == null) {
          throw damaged("its pixels come before its size");
        }
        boolean isWhole = !frame.progressive && in.readUnsignedByte() == frame.components;
        return new JpegHeader(
            frame.size,
            frame.components,
            frame.rgb,
            jfif,
            adobe,
            profiles,
            start,
            isWhole ? 0 : frame.coefficientBytes);
      }
      if (marker >= SOF0_BASELINE
          && marker <= SOF15
          && marker != DHT
          && marker != JPG
          && marker != DAC) {
        frame = Frame.read(marker, in);
      } else if (marker == APP0 && names("JFIF\0", end - content, in)) {
        jfif = true;
      } else if (marker == APP14 && names("Adobe", end - content, in)) {
        adobe = true;
      } else if ((marker >= APP0 && marker <= APP15) || marker == COM) {
        if (profiles.size() == MOST_PROFILES) {
          throw damaged(Text.format("more than %d segments precede its pixels", MOST_PROFILES));
        }
        profiles.add(new Segment(start, end));
      }
      in.seek(end);
    }
  }

  private static int marker(ImageInputStream in) throws IOException {
    if (in.readUnsignedByte() != 0xff) {
      throw damaged("its header is truncated");
    }
    int marker = in.readUnsignedByte();
    while (marker == 0xff) {
      marker = in.readUnsignedByte(); // any number of fill bytes is allowed
    }
    return marker;
  }

  private static boolean names(String name, long bytes, ImageInputStream in) throws IOException {
    for (int i = 0; i < name.length(); i++) {
      if (i >= bytes || in.readUnsignedByte() != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses a small file that takes hours by going through its pixels again and again.
   *
   * @param file the whole of it
   */
  void requireFewScans(byte[] file) throws UnreadableImageException {
    int scans = 0;
    // Between pixels, 0xff is always followed by 0 or the number of a restart.
    for (int i = scanStart; i + 1 < file.length; i++) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == SOS) {
        scans++;
      }
    }
    if (scans > MOST_SCANS || scans * size.pixels() > MOST_SCANNED_PIXELS) {
      throw new UnreadableImageException(
          Text.format(
              "It is a JPEG of %s pixels in %d scans, which is not read; save it again.",
              size, scans));
    }
  }

  /**
   * Refuses an image of several scans that needs more memory outside the heap than the heap has.
   *
   * @param heap bytes that the heap may grow to
   */
  void requireMemory(long heap) throws UnreadableImageException {
    if (coefficientBytes > heap) {
      throw new UnreadableImageException(
          Text.format(
              "It is a progressive JPEG of %s pixels, or one of several scans, of which %s are held"
                  + " until its last scan, more than the heap of %s; save it as baseline JPEG or as"
                  + " PNG, or give the process a larger heap.",
              size, Text.megabytes(coefficientBytes), Text.megabytes(heap)));
    }
  }

  /**
   * The file without its profiles, so that ImageIO neither converts colours by them nor fails on a
   * broken one; and marked as JFIF where nothing names the colours, since ImageIO then guesses by
   * the sampling, and all other decoders assume YCbCr. The scans are not copied.
   */
  ImageInputStream plain(byte[] file) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.write(file, 0, SOI_BYTES);
    if (!jfif && !adobe && !namedRgb) {
      plain.writeBytes(JFIF_SEGMENT);
    }
    int from = SOI_BYTES;
    for (Segment profile : profiles) {
      plain.write(file, from, profile.start - from);
      from = profile.end;
    }
    plain.write(file, from, scanStart - from);
    byte[] head = plain.toByteArray();
    return new PagedImageInputStream(
        (long) head.length + file.length - scanStart,
        (position, buffer, n) -> {
          int ofHead = (int) Math.max(0, Math.min(n, head.length - position));
          if (ofHead > 0) {
            System.arraycopy(head, (int) position, buffer, 0, ofHead);
          }
          if (ofHead < n) {
            int inScans = (int) (position + ofHead - head.length) + scanStart;
            System.arraycopy(file, inScans, buffer, ofHead, n - ofHead);
          }
        });
  }

  private record Frame(
      Dimensions size, int components, boolean rgb, boolean progressive, long coefficientBytes) {

    static Frame read(int marker, ImageInputStream in) throws IOException {
      int precision = in.readUnsignedByte();
      int height = in.readUnsignedShort();
      int width = in.readUnsignedShort();
      int components = in.readUnsignedByte();
      StringBuilder names = new StringBuilder();
      int[] sampling = new int[components];
      for (int i = 0; i < components; i++) {
        names.append((char) in.readUnsignedByte());
        sampling[i] = in.readUnsignedByte();
        in.skipBytes(1);
      }
      if (marker > SOF2_PROGRESSIVE || precision != 8) {
        throw new UnreadableImageException(
            "It is a lossless, arithmetic or 12-bit JPEG, which cannot be read;"
                + " save it as baseline or progressive JPEG or as PNG.");
      }
      if (width == 0 || height == 0) {
        throw damaged("its header has no size");
      }
      requireOneDecoding(sampling);
      Dimensions size = Dimensions.decodable(width, height);
      if (size.pixels() > MOST_PIXELS_PER_BYTE * in.length()) {
        throw damaged("it holds less data than its size in the header needs");
      }
      return new Frame(
          size,
          components,
          names.toString().equals("RGB"),
          marker == SOF2_PROGRESSIVE,
          blockBytes(size, sampling));
    }
  }

  /** Two bytes for each sample of the whole blocks that cover the image. */
  private static long blockBytes(Dimensions size, int[] sampling) {
    int most = most(sampling, 4);
    int mostRows = most(sampling, 0);
    long columns = (size.width() + 8L * most - 1) / (8L * most);
    long rows = (size.height() + 8L * mostRows - 1) / (8L * mostRows);
    long blocks = 0;
    for (int factors : sampling) {
      blocks += columns * (factors >> 4) * rows * (factors & 15);
    }
    return blocks * 64 * Short.BYTES;
  }

  /** The largest of the factors of columns (shifted by 4) or rows (by 0), at least 1. */
  private static int most(int[] sampling, int shift) {
    return Arrays.stream(sampling)
        .map(factors -> Math.max(1, factors >> shift & 15))
        .max()
        .orElse(1);
  }

  /**
   * Refuses channels with half of the rows and all columns: libjpeg 6b, which OpenJDK bundles,
   * repeats their rows, and libjpeg-turbo, which Linux distributions build OpenJDK with,
   * interpolates them. All other samplings are decoded to the same values by both.
   */
  private static void requireOneDecoding(int[] sampling) throws UnreadableImageException {
    int columns = most(sampling, 4);
    int rows = most(sampling, 0);
    for (int factors : sampling) {
      if (factors >> 4 == columns && 2 * (factors & 15) == rows) {
        throw ambiguousChroma();
      }
    }
  }

  static UnreadableImageException ambiguousChroma() {
    return new UnreadableImageException(
        "It is a JPEG with 4:4:0 chroma, which JPEG libraries decode to different colours;"
            + " save it again with 4:4:4 or 4:2:0 chroma or as PNG.");
  }

  private static UnreadableImageException damaged(String how) {
    return new UnreadableImageException(Text.format("The JPEG is damaged: %s.", how));
  }
}
