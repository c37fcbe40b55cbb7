package io.nightjar.backbone.engine;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small random images. */
public final class TinyImages {
  private TinyImages() {}

  public static RgbImage random(int side, long seed) {
    byte[] pixels = new byte[3 * side * side];
    new Random(seed).nextBytes(pixels);
    return new RgbImage(side, side, pixels);
  }

  /** The image as a PNG file. */
  public static byte[] png(RgbImage image) {
    BufferedImage encoded =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int at = 3 * (y * image.width() + x);
        byte[] pixels = image.pixels();
        encoded.setRGB(
            x,
            y,
            (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF));
      }
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(encoded, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
