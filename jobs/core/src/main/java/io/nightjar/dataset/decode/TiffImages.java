package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.RgbRows;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.dataset.tiff.SampleFormat;
import io.nightjar.dataset.tiff.TiffFile;
import io.nightjar.dataset.tiff.TiffSamples;
import io.nightjar.text.Text;
import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/**
 * Images stored as TIFF. Grey, RGB and palettes are decoded here: ImageIO of JDK 17 takes half
 * floats and signed bytes for unsigned numbers, undoes predictors of 8-bit samples alone and
 * stretches 12 bits to 16. JPEG, CCITT and colours that need a conversion are left to it.
 */
final class TiffImages {
  private static final int MOST_BITS = 16;
  private static final int MOST_CHANNELS = 5;
  private static final byte[] NO_PALETTE = {};

  private TiffImages() {}

  /** The first directory, checked against the length of the file, of samples that are an image. */
  static TiffFile header(ImageInputStream in) throws IOException {
    TiffFile file = TiffFile.read(in);
    Dimensions.decodable(file.width(), file.height());
    file.checkContent();
    if (file.format() != SampleFormat.UNSIGNED || file.bits() > MOST_BITS) {
      throw new UnreadableImageException(
          Text.format(
              "It is a TIFF of %s samples of %d bits, which is no image; save it with 8 or 16 bits, unsigned.",
              file.format().word(), file.bits()));
    }
    if (file.isJpegOfHalfRows()) {
      throw JpegHeader.ambiguousChroma();
    }
    if (!isDecodedHere(file) && !file.isOfImageIo()) {
      throw new UnreadableImageException(
          Text.format(
              "It is a %s %s, which is not read; save it as grey or RGB with LZW or Deflate, or as PNG.",
              file.isBig() ? "BigTIFF" : "TIFF",
              file.isDecodable()
                  ? "of colours other than grey, RGB and palettes"
                  : Text.format("compressed by %s", file.compressionName())));
    }
    return file;
  }

  private static boolean isDecodedHere(TiffFile file) throws IOException {
    return file.isDecodable()
        && colourChannels(file) > 0
        && file.channels() <= MOST_CHANNELS
        && !(file.isSeparate() && isPremultiplied(file));
  }

  /** The channels that are colours; 0 for colours that are left to ImageIO. */
  private static int colourChannels(TiffFile file) throws IOException {
    int channels = file.channels();
    return switch (file.photometric()) {
      case TiffFile.WHITE_IS_ZERO, TiffFile.BLACK_IS_ZERO -> channels <= 2 ? 1 : 0;
      case TiffFile.PALETTE -> channels <= 2 && file.palette().length > 0 ? 1 : 0;
      case TiffFile.RGB -> channels >= 3 ? 3 : 0;
      default -> 0;
    };
  }

  static RgbImage decode(byte[] encoded, ImageInputStream in, WhiteLevel white) throws IOException {
    TiffFile file = header(in);
    if (!isDecodedHere(file)) {
      return RasterToRgb.convert(ImageIoDecoder.read(ImageFormat.TIFF, in), file.palette(), white);
    }
    TiffColours colours = new TiffColours(file, colourChannels(file), white, file.height());
    TiffSamples.readWhole(encoded, file, colours);
    return new RgbImage(file.width(), file.height(), colours.pixels());
  }

  /** Hands out the rows as their strips or tiles are decompressed. */
  static void rows(byte[] encoded, ImageInputStream in, WhiteLevel white, RgbRows rows)
      throws IOException {
    TiffFile file = header(in);
    if (!isDecodedHere(file)) {
      byte[] palette = file.palette();
      ImageIoDecoder.readBands(
          ImageFormat.TIFF,
          in,
          new Dimensions(file.width(), file.height()),
          (top, band) -> RasterToRgb.convert(band, palette, white).forEachRow(top, rows));
      return;
    }
    TiffColours colours = new TiffColours(file, colourChannels(file), white, file.rowsAtOnce());
    byte[] rgb = new byte[3 * file.width()];
    TiffSamples.readWhole(
        encoded,
        file,
        new TiffSamples.WholeSink() {
          private int next;

          @Override
          public void accept(int channel, int x, int y, int columns, int[] row, int first, int step)
              throws IOException {
            colours.accept(channel, x, y, columns, row, first, step);
          }

          @Override
          public void complete(int end) {
            for (; next < end; next++) {
              colours.copyRow(next, rgb);
              rows.accept(next, rgb);
            }
          }
        });
  }

  /** The samples as they are stored, for masks; of WhiteIsZero, counted from black. */
  static StoredImage stored(byte[] encoded, ImageInputStream in) throws IOException {
    TiffFile file = header(in);
    if (!isDecodedHere(file)) {
      return StoredImage.of(decode(encoded, in, WhiteLevel.FULL));
    }
    int width = file.width();
    int colours = colourChannels(file);
    char[] samples = new char[Math.multiplyExact(colours * width, file.height())];
    int most = (1 << file.bits()) - 1;
    boolean inverted = file.photometric() == TiffFile.WHITE_IS_ZERO;
    byte[] palette = file.photometric() == TiffFile.PALETTE ? file.palette() : NO_PALETTE;
    TiffSamples.readWhole(
        encoded,
        file,
        (channel, x, y, columns, row, first, step) -> {
          int to = colours * (y * width + x) + channel;
          for (int i = 0; i < columns && channel < colours; i++, to += colours) {
            int sample = row[first + i * step];
            if (palette.length > 0) {
              TiffColours.checked(sample, palette);
            }
            samples[to] = (char) (inverted ? most - sample : sample);
          }
        });
    return new StoredImage(width, file.height(), file.bits(), samples, palette);
  }

  /** The largest of the samples that {@link #stored} gives. */
  static int largest(byte[] encoded, ImageInputStream in) throws IOException {
    TiffFile file = header(in);
    if (!isDecodedHere(file)) {
      return stored(encoded, in).largest();
    }
    int colours = colourChannels(file);
    int most = (1 << file.bits()) - 1;
    boolean inverted = file.photometric() == TiffFile.WHITE_IS_ZERO;
    int[] largest = {0};
    TiffSamples.readWhole(
        encoded,
        file,
        (channel, x, y, columns, row, first, step) -> {
          for (int i = 0; i < columns && channel < colours; i++) {
            int sample = row[first + i * step];
            largest[0] = Math.max(largest[0], inverted ? most - sample : sample);
          }
        });
    return largest[0];
  }

  /** Whether the colours were multiplied by an alpha that follows them. */
  private static boolean isPremultiplied(TiffFile file) throws IOException {
    return file.isPremultiplied() && file.channels() > colourChannels(file);
  }
}
