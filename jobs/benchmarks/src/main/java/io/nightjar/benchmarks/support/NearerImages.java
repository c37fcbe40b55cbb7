package io.nightjar.benchmarks.support;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Images as a camera takes them that is nearer. */
public final class NearerImages {
  private NearerImages() {}

  /**
   * Writes a PNG of the middle of an image, enlarged to its size by bicubic interpolation.
   *
   * @param percent of the width and height that are cut off
   */
  public static void write(Path file, int percent, Path target) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int width = image.getWidth();
    int height = image.getHeight();
    int left = width * percent / 200;
    int top = height * percent / 200;
    BufferedImage nearer = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = nearer.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, left, top, width - left, height - top, null);
    graphics.dispose();
    ImageIO.write(nearer, "png", target.toFile());
  }
}
