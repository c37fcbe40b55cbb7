package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** Reads an image by the JDK's ImageIO; ImageIO's warnings are errors here. */
final class ImageIoDecoder {
  private static final int MOST_CHANNELS = 5;

  /** Fewer rows are not read at once: each call goes through the directory again. */
  private static final int ROWS_AT_ONCE = 64;

  private ImageIoDecoder() {}

  /** Takes the first image of a stream from a reader that has been set up. */
  interface Reading<T> {
    T read(ImageReader reader) throws IOException;
  }

  /** Takes bands of an image one after another. */
  interface Bands {
    void accept(int top, BufferedImage band) throws IOException;
  }

  /** Decodes the first image of a stream. */
  static BufferedImage read(ImageFormat format, ImageInputStream in) throws IOException {
    return reading(format, in, reader -> reader.read(0));
  }

  /** Decodes the first image of a stream in bands, in which no tile or strip lies twice. */
  static void readBands(ImageFormat format, ImageInputStream in, Dimensions size, Bands bands)
      throws IOException {
    reading(
        format,
        in,
        reader -> {
          requireSize(size, reader.getWidth(0), reader.getHeight(0));
          int tile = reader.getTileHeight(0);
          int rows = Math.multiplyExact(tile, Math.max(1, ROWS_AT_ONCE / tile));
          for (int top = 0; top < size.height(); top += Math.min(rows, size.height() - top)) {
            int height = Math.min(rows, size.height() - top);
            ImageReadParam band = reader.getDefaultReadParam();
            band.setSourceRegion(new Rectangle(0, top, size.width(), height));
            bands.accept(top, reader.read(0, band));
          }
          return bands;
        });
  }

  /**
   * Sets a reader up, and refuses what it warned of.
   *
   * @param reading may have handed over some of the image when it turns out to be damaged
   */
  static <T> T reading(ImageFormat format, ImageInputStream in, Reading<T> reading)
      throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try {
      in.seek(0);
      reader.setInput(in, false, true);
      checkMemory(format, reader);
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      T read = reading.read(reader);
      if (!warnings.isEmpty()) {
        throw new UnreadableImageException(
            Text.format("The %s is truncated or damaged: %s.", format, warnings.get(0)));
      }
      return read;
    } finally {
      reader.dispose();
    }
  }

  /** Refuses content of another size than the header says. */
  static void requireSize(Dimensions header, int width, int height)
      throws UnreadableImageException {
    if (width != header.width() || height != header.height()) {
      throw new UnreadableImageException(
          Text.format(
              "Its header says %s pixels, its content has %d x %d.", header, width, height));
    }
  }

  /** A damaged header may claim tiles or channels far beyond the image's own size. */
  private static void checkMemory(ImageFormat format, ImageReader reader) throws IOException {
    ImageTypeSpecifier type = reader.getImageTypes(0).next();
    long tile = (long) reader.getTileWidth(0) * reader.getTileHeight(0);
    if (type.getNumBands() > MOST_CHANNELS || tile > ImageDecoder.MAX_PIXELS) {
      throw new UnreadableImageException(
          Text.format(
              "The %s has %d channels in tiles of %d pixels, which is not read; save it as RGB PNG.",
              format, type.getNumBands(), tile));
    }
  }
}
