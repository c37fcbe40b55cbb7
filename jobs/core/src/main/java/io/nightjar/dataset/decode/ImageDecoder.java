package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.RgbRows;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.dataset.tiff.TiffFile;
import io.nightjar.io.Decoding;
import io.nightjar.text.StandIn;
import io.nightjar.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG, JPEG, BMP and TIFF of 1 to 16 bits a sample, grey, RGB or palette, with or without
 * alpha, to 8-bit RGB: the values that Pillow's {@code Image.open(f).convert("RGB")} gives.
 *
 * <p>The stored samples are used unchanged: alpha is dropped, grey is repeated in the three
 * channels, a palette is looked up, colour profiles, gamma and orientation marks are ignored.
 * Samples of 16 bits become {@code v / 257}, rounded (Pillow clips or cuts them, by format), unless
 * a {@link WhiteLevel} says otherwise. Of a file with several images the first is read.
 */
public final class ImageDecoder {
  /** Larger images are refused before any memory is allocated for them. */
  public static final long MAX_PIXELS = 100_000_000;

  private static final byte[] NO_PALETTE = {};

  private ImageDecoder() {}

  /** As {@link #decode(byte[], String, WhiteLevel)}, each depth's largest sample being white. */
  public static RgbImage decode(byte[] encoded, String uri) throws UnreadableFileException {
    return decode(encoded, uri, WhiteLevel.FULL);
  }

  /**
   * The image's pixels.
   *
   * @param uri named in the error
   * @param white the sample that is white, in images of more than 8 bits
   * @throws UnreadableFileException where it is not such an image, damaged, truncated, CMYK, or has
   *     more than {@link #MAX_PIXELS}
   */
  public static RgbImage decode(byte[] encoded, String uri, WhiteLevel white)
      throws UnreadableFileException {
    return reading(
        uri, PagedImageInputStream.of(encoded), (in, format) -> decode(encoded, in, format, white));
  }

  /**
   * The rows of the image's pixels, the values of {@link #decode(byte[], String, WhiteLevel)}. PNG
   * that is not interlaced, JPEG and TIFF are decoded row by row, or by rows of the tiles of a
   * TIFF; BMP and interlaced PNG as wholes before.
   *
   * @param uri named in the error
   * @param white the sample that is white, in images of more than 8 bits
   * @param rows takes the rows; some may have been handed over when an image turns out to be
   *     damaged
   * @throws UnreadableFileException as {@link #decode(byte[], String, WhiteLevel)}
   */
  public static void rows(byte[] encoded, String uri, WhiteLevel white, RgbRows rows)
      throws UnreadableFileException {
    reading(
        uri,
        PagedImageInputStream.of(encoded),
        (in, format) -> {
          header(in, format);
          switch (format) {
            case PNG -> {
              PngHeader png = PngHeader.read(in);
              if (png.interlaced()) {
                PngDecoder.decode(encoded, png, white).forEachRow(0, rows);
              } else {
                PngDecoder.rows(encoded, png, white, rows);
              }
            }
            case JPEG -> JpegRows.read(encoded, decodableJpeg(encoded, in), rows);
            case BMP -> decode(encoded, in, format, white).forEachRow(0, rows);
            case TIFF -> TiffImages.rows(encoded, in, white, rows);
          }
          return rows;
        });
  }

  /**
   * The image's samples as they are stored.
   *
   * @param uri named in the error
   * @throws UnreadableFileException as {@link #decode(byte[], String)}
   */
  public static StoredImage stored(byte[] encoded, String uri) throws UnreadableFileException {
    return reading(
        uri,
        PagedImageInputStream.of(encoded),
        (in, format) ->
            switch (format) {
              case PNG -> PngDecoder.stored(encoded, PngHeader.read(in));
              case TIFF -> TiffImages.stored(encoded, in);
              case JPEG, BMP -> StoredImage.of(decode(encoded, in, format, WhiteLevel.FULL));
            });
  }

  /**
   * The largest of the samples that {@link #stored} gives, without holding them.
   *
   * @param uri named in the error
   * @throws UnreadableFileException as {@link #decode(byte[], String)}
   */
  public static int largestSample(byte[] encoded, String uri) throws UnreadableFileException {
    return reading(
        uri,
        PagedImageInputStream.of(encoded),
        (in, format) ->
            switch (format) {
              case PNG -> PngDecoder.largest(encoded, PngHeader.read(in));
              case TIFF -> TiffImages.largest(encoded, in);
              case JPEG, BMP ->
                  StoredImage.of(decode(encoded, in, format, WhiteLevel.FULL)).largest();
            });
  }

  /**
   * The image's size, from its header alone.
   *
   * @param encoded the whole file, whose length is compared with what the header needs
   * @param uri named in the error
   * @throws UnreadableFileException where it is not such an image, or has more than {@link
   *     #MAX_PIXELS}
   */
  public static Dimensions dimensions(byte[] encoded, String uri) throws UnreadableFileException {
    return header(PagedImageInputStream.of(encoded), uri).size();
  }

  /** What the header of an image says, from a stream over the file. */
  public static ImageHeader header(ImageInputStream in, String uri) throws UnreadableFileException {
    return reading(uri, in, ImageDecoder::header);
  }

  private static RgbImage decode(
      byte[] encoded, ImageInputStream in, ImageFormat format, WhiteLevel white)
      throws IOException {
    Dimensions size = header(in, format).size();
    RgbImage image =
        switch (format) {
          case PNG -> PngDecoder.decode(encoded, PngHeader.read(in), white);
          case JPEG ->
              RasterToRgb.convert(
                  ImageIoDecoder.read(format, decodableJpeg(encoded, in).plain(encoded)),
                  NO_PALETTE,
                  white);
          case BMP -> RasterToRgb.convert(ImageIoDecoder.read(format, in), NO_PALETTE, white);
          case TIFF -> TiffImages.decode(encoded, in, white);
        };
    ImageIoDecoder.requireSize(size, image.width(), image.height());
    return image;
  }

  private static JpegHeader decodableJpeg(byte[] encoded, ImageInputStream in) throws IOException {
    JpegHeader header = JpegHeader.read(in);
    header.requireFewScans(encoded);
    header.requireMemory(Runtime.getRuntime().maxMemory());
    return header;
  }

  private static ImageHeader header(ImageInputStream in, ImageFormat format) throws IOException {
    return switch (format) {
      case PNG -> {
        PngHeader header = PngHeader.read(in);
        yield new ImageHeader(header.size(), header.depth());
      }
      case JPEG -> new ImageHeader(colourOrGrey(JpegHeader.read(in)).size(), 8);
      case BMP -> new ImageHeader(BmpHeader.read(in), 8);
      case TIFF -> {
        TiffFile file = TiffImages.header(in);
        yield new ImageHeader(new Dimensions(file.width(), file.height()), file.bits());
      }
    };
  }

  private static JpegHeader colourOrGrey(JpegHeader header) throws IOException {
    if (header.components() != 1 && header.components() != 3) {
      throw new UnreadableImageException(
          Text.format(
              "It is a JPEG with %d channels (CMYK or YCCK, for printing); save it as RGB.",
              header.components()));
    }
    return header;
  }

  private static <T> T reading(String uri, ImageInputStream in, Reading<T> reading)
      throws UnreadableFileException {
    try (in) {
      return reading.apply(in, format(in));
    } catch (UnreadableImageException e) {
      throw new UnreadableFileException(uri, e.getMessage(), e);
    } catch (EOFException e) {
      throw new UnreadableFileException(uri, "The image is truncated: its file ends early.", e);
    } catch (IOException e) {
      throw new UnreadableFileException(
          uri, Text.format("The image cannot be read: %s.", innermost(e).getMessage()), e);
    } catch (RuntimeException | StackOverflowError e) { // ImageIO's readers fail so
      throw new UnreadableFileException(
          uri,
          Text.format(
              "The image is damaged: its content is invalid (%s).",
              Decoding.shortened(e.toString())),
          e);
    }
  }

  private static ImageFormat format(ImageInputStream in) throws IOException {
    byte[] buffer = new byte[UnreadFormat.SIGNATURE_BYTES];
    int n = in.read(buffer);
    if (n < 1) {
      throw new UnreadableImageException("The file is empty (0 bytes).");
    }
    byte[] start = Arrays.copyOf(buffer, n);
    return ImageFormat.of(start).orElseThrow(() -> new UnreadableImageException(noImage(start)));
  }

  private static String noImage(byte[] start) {
    return UnreadFormat.of(start)
        .map(UnreadFormat::refusal)
        .or(() -> StandIn.of(start).map(it -> Text.format("It is no image but %s.", it)))
        .orElse("It is not an image: its content is neither PNG, JPEG, BMP nor TIFF.");
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  private interface Reading<T> {
    T apply(ImageInputStream in, ImageFormat format) throws IOException;
  }
}
