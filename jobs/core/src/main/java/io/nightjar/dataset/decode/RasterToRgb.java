package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableImageException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Takes the stored samples of an image unchanged. ({@code BufferedImage.getRGB} converts between
 * colour spaces: it brightens grey values and applies ICC profiles.)
 */
final class RasterToRgb {
  private RasterToRgb() {}

  /**
   * The colours of the image.
   *
   * @param palette RGB triples that replace ImageIO's palette; empty where ImageIO's is right
   * @param white of samples of more than 8 bits
   */
  static RgbImage convert(BufferedImage image, byte[] palette, WhiteLevel white)
      throws IOException {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel index) {
      return fromPalette(image.getRaster(), palette.length > 0 ? palette : triples(index));
    }
    if (colours.isAlphaPremultiplied()) {
      image.coerceData(false);
    }
    return fromSamples(image.getRaster(), colourChannels(colours), white);
  }

  /** The channels that are colours: 1 or 3. */
  static int colourChannels(ColorModel colours) throws IOException {
    return switch (colours.getColorSpace().getType()) {
      case ColorSpace.TYPE_GRAY -> 1;
      case ColorSpace.TYPE_RGB -> 3;
      case ColorSpace.TYPE_CMYK ->
          throw new UnreadableImageException("It holds CMYK colours; save it as RGB.");
      default ->
          throw new UnreadableImageException(
              "It holds neither grey nor RGB colours; save it as RGB.");
    };
  }

  private static RgbImage fromPalette(Raster raster, byte[] palette) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] pixels = new byte[Math.multiplyExact(3 * width, height)];
    int[] indices = new int[width];
    int o = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(0, y, width, 1, 0, indices);
      for (int index : indices) {
        System.arraycopy(palette, 3 * index, pixels, o, 3);
        o += 3;
      }
    }
    return new RgbImage(width, height, pixels);
  }

  private static byte[] triples(IndexColorModel index) {
    byte[] palette = new byte[3 * index.getMapSize()];
    for (int i = 0; i < index.getMapSize(); i++) {
      palette[3 * i] = (byte) index.getRed(i);
      palette[3 * i + 1] = (byte) index.getGreen(i);
      palette[3 * i + 2] = (byte) index.getBlue(i);
    }
    return palette;
  }

  private static RgbImage fromSamples(Raster raster, int channels, WhiteLevel white)
      throws IOException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] pixels = new byte[Math.multiplyExact(3 * width, height)];
    int[] samples = new int[width];
    for (int rgb = 0; rgb < 3; rgb++) {
      int band = Math.min(rgb, channels - 1);
      int bits = bits(raster, band);
      for (int y = 0; y < height; y++) {
        raster.getSamples(0, y, width, 1, band, samples);
        int o = 3 * y * width + rgb;
        for (int x = 0; x < width; x++, o += 3) {
          pixels[o] = (byte) white.toEightBit(samples[x], bits);
        }
      }
    }
    return new RgbImage(width, height, pixels);
  }

  private static int bits(Raster raster, int band) throws IOException {
    int type = raster.getSampleModel().getDataType();
    int bits = raster.getSampleModel().getSampleSize(band);
    boolean whole =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    if (!whole || bits > 16) {
      throw new UnreadableImageException(
          "It holds signed, floating-point or 32-bit samples; save it with 8 or 16 bits.");
    }
    return bits;
  }
}
