package io.nightjar.benchmarks.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Images as they are when a lamp ages. */
public final class DarkerImages {
  private DarkerImages() {}

  /** Writes a PNG of an image whose channels are so many per cent lower, rounded. */
  public static void write(Path file, int percent, Path target) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    darken(image, (100 - percent) / 100.0);
    ImageIO.write(image, "png", target.toFile());
  }

  private static void darken(BufferedImage image, double factor) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int dark = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
          dark |= (int) Math.round((rgb >> shift & 0xff) * factor) << shift;
        }
        image.setRGB(x, y, 0xff << 24 | dark);
      }
    }
  }
}
