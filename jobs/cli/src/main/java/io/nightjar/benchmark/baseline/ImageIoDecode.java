package io.nightjar.benchmark.baseline;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decoding as a JVM does it without help: {@code ImageIO.read}, then the raster's samples. */
public final class ImageIoDecode {
  private ImageIoDecode() {}

  /**
   * Decodes an image to 8 bits a channel.
   *
   * @throws IOException if ImageIO cannot read it
   */
  public static RgbImage decode(byte[] encoded) throws IOException {
    BufferedImage image =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded)));
    if (image == null) {
      throw new IOException("ImageIO has no reader for the image");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[Math.multiplyExact(3 * width, height)];
    if (image.getColorModel() instanceof IndexColorModel) {
      fromColours(image, pixels);
    } else {
      fromSamples(image.getRaster(), pixels);
    }
    return new RgbImage(width, height, pixels);
  }

  private static void fromColours(BufferedImage image, byte[] pixels) {
    int width = image.getWidth();
    int[] row = new int[width];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int argb : image.getRGB(0, y, width, 1, row, 0, width)) {
        pixels[o++] = (byte) (argb >> 16);
        pixels[o++] = (byte) (argb >> 8);
        pixels[o++] = (byte) argb;
      }
    }
  }

  private static void fromSamples(Raster raster, byte[] pixels) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int colours = bands < 3 ? 1 : 3;
    boolean wide = raster.getSampleModel().getSampleSize(0) == 16;
    int[] row = new int[width * bands];
    int o = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int rgb = 0; rgb < 3; rgb++) {
          int sample = row[x * bands + rgb % colours];
          pixels[o++] = (byte) (wide ? Math.round(sample / 257f) : sample);
        }
      }
    }
  }
}
