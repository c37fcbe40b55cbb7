package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/** Reads an image by the JDK's ImageIO; ImageIO's warnings are errors here. */
final class ImageIoDecoder {
  private static final int MOST_CHANNELS = 5;

  private ImageIoDecoder() {}

  /** Decodes the first image of a stream. */
  static BufferedImage read(ImageFormat format, ImageInputStream in) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    try {
      in.seek(0);
      reader.setInput(in, false, true);
      checkMemory(format, reader);
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw new UnreadableImageException(
            Text.format("The %s is truncated or damaged: %s.", format, warnings.get(0)));
      }
      return image;
    } finally {
      reader.dispose();
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
