package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * The first image of a TIFF 6.0 or BigTIFF, as its directory describes it. Read here, since ImageIO
 * of JDK 17 takes half floats and signed bytes for other numbers and undoes few predictors.
 */
public final class TiffFile {
  /** Photometric interpretation: 0 is white. */
  public static final int WHITE_IS_ZERO = 0;

  /** Photometric interpretation: 0 is black. */
  public static final int BLACK_IS_ZERO = 1;

  /** Photometric interpretation: red, green and blue. */
  public static final int RGB = 2;

  /** Photometric interpretation: indices of a palette. */
  public static final int PALETTE = 3;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int DEPTH = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int FILL_ORDER = 266;
  private static final int CHANNELS = 277;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int COLOURS = 320;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int CHROMA_SUBSAMPLING = 530;

  private static final int UNKNOWN = -1;
  private static final int REVERSED = 2;
  private static final int SEPARATE = 2;
  private static final int PREMULTIPLIED = 1;

  private final TiffDirectory directory;
  private final int width;
  private final int height;
  private final long[] depths;
  private final int channels;
  private final SampleFormat format;
  private final int compression;

  private TiffFile(TiffDirectory directory) throws IOException {
    this.directory = directory;
    this.width = size(directory.first(WIDTH, 0));
    this.height = size(directory.first(HEIGHT, 0));
    this.channels = small(directory.first(CHANNELS, 1), "channels");
    long[] stored = directory.values(DEPTH);
    this.depths = stored.length == 0 ? new long[] {1} : stored;
    this.format = format(directory.values(SAMPLE_FORMAT));
    this.compression = (int) directory.first(COMPRESSION, Compression.NONE);
  }

  /**
   * Reads the directory at the start of a stream.
   *
   * @throws UnreadableImageException where it is damaged or reaches beyond the file
   */
  public static TiffFile read(ImageInputStream in) throws IOException {
    return new TiffFile(TiffDirectory.read(in));
  }

  private static int size(long value) throws UnreadableImageException {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new UnreadableImageException("The TIFF is damaged: its header has no size.");
    }
    return (int) value;
  }

  private static int small(long value, String what) throws UnreadableImageException {
    if (value < 1 || value > 0xffff) {
      throw new UnreadableImageException(
          Text.format("The TIFF is damaged: it claims %d %s.", value, what));
    }
    return (int) value;
  }

  private static SampleFormat format(long[] codes) throws UnreadableImageException {
    SampleFormat format = SampleFormat.of(codes.length == 0 ? 1 : codes[0]);
    for (long code : codes) {
      if (SampleFormat.of(code) != format) {
        throw new UnreadableImageException(
            "The channels of the TIFF have different sample formats, which is not read;"
                + " save it with one format.");
      }
    }
    return format;
  }

  /** Columns in pixels. */
  public int width() {
    return width;
  }

  /** Rows in pixels. */
  public int height() {
    return height;
  }

  /** Samples of a pixel, with alpha. */
  public int channels() {
    return channels;
  }

  /** Bits of a sample of the first channel. */
  public int bits() {
    return (int) depths[0];
  }

  /** What the samples are. */
  public SampleFormat format() {
    return format;
  }

  /** How samples become colours, as tag 262 has it; -1 where the tag is absent. */
  public int photometric() throws IOException {
    return (int) directory.first(PHOTOMETRIC, UNKNOWN);
  }

  /** Whether colours have been multiplied by the alpha of the channel that follows them. */
  public boolean isPremultiplied() throws IOException {
    return directory.first(EXTRA_SAMPLES, 0) == PREMULTIPLIED;
  }

  /** RGB triples of 8 bits; empty where the image has none. */
  public byte[] palette() throws IOException {
    // Stored as all reds, all greens, all blues; the high byte of each is used.
    long[] values = directory.values(COLOURS);
    int colours = values.length / 3;
    byte[] palette = new byte[3 * colours];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (values[i % 3 * colours + i / 3] >> 8);
    }
    return palette;
  }

  /** Whether {@link TiffSamples} decodes it: strips and tiles of equally deep samples. */
  public boolean isDecodable() throws IOException {
    return Compression.isUndone(compression)
        && (depths.length == 1 || depths.length == channels)
        && Arrays.stream(depths).allMatch(depth -> depth == depths[0])
        && predictor() <= Predictor.FLOATING_POINT;
  }

  /** Whether it is a BigTIFF, with offsets of 64 bits. */
  public boolean isBig() {
    return directory.isBig();
  }

  /** Whether the JDK's ImageIO may be asked where {@link #isDecodable} says no. */
  public boolean isOfImageIo() {
    return !directory.isBig() && Compression.isOfImageIo(compression);
  }

  /** Whether it is compressed as JPEG with chroma of all columns and half of the rows, 4:4:0. */
  public boolean isJpegOfHalfRows() throws IOException {
    long[] factors = directory.values(CHROMA_SUBSAMPLING);
    return Compression.isJpeg(compression) && factors.length == 2 && factors[1] == 2 * factors[0];
  }

  /** The compression's name, such as {@code Zstandard}. */
  public String compressionName() {
    return Compression.name(compression);
  }

  /**
   * Refuses an image whose strips lie outside the file, or cannot hold as many pixels as its size
   * says.
   */
  public void checkContent() throws IOException {
    long packed = segments().packedBytes(directory);
    double bits = (double) width * height * channels * bits();
    if (bits / 8 / Compression.mostPacked(compression) > packed + 1.0) {
      throw new UnreadableImageException(
          "The TIFF is damaged: it holds less data than its size in the header needs.");
    }
  }

  /**
   * The rows that {@link TiffSamples} hands over together: those of a tile where several lie side
   * by side, else 1. Such groups begin at multiples of it.
   */
  public int rowsAtOnce() throws IOException {
    Segments segments = segments();
    return segments.across(width) == 1 ? 1 : Math.min(segments.height(), height);
  }

  Segments segments() throws IOException {
    return Segments.of(directory, width, height);
  }

  ByteOrder order() {
    return directory.order();
  }

  int compression() {
    return compression;
  }

  /** Whether the bits of each byte are stored from right to left. */
  boolean isReversed() throws IOException {
    return directory.first(FILL_ORDER, 1) == REVERSED;
  }

  /** Whether each channel has strips or tiles of its own. */
  public boolean isSeparate() throws IOException {
    return channels > 1 && directory.first(PLANES, 1) == SEPARATE;
  }

  int predictor() throws IOException {
    return Compression.isPredictable(compression)
        ? (int) directory.first(PREDICTOR, Predictor.NONE)
        : Predictor.NONE;
  }
}
