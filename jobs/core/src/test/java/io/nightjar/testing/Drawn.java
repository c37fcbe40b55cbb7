package io.nightjar.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small images that tests draw, in the format that the file's name ends in. */
public final class Drawn {
  private static final int SIDE = 8;

  private Drawn() {}

  /** An image of many colours. */
  public static void photo(Path root, String... names) throws IOException {
    for (String name : names) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          image.setRGB(x, y, (30 * x) << 16 | (30 * y) << 8 | 3 * x * y);
        }
      }
      write(image, root.resolve(name));
    }
  }

  /** A mask that marks nothing. */
  public static void black(Path root, String... names) throws IOException {
    for (String name : names) {
      write(grey(), root.resolve(name));
    }
  }

  /** A mask that marks one pixel. */
  public static void mark(Path root, String name, int x, int y, int value) throws IOException {
    BufferedImage mask = grey();
    mask.getRaster().setSample(x, y, 0, value);
    write(mask, root.resolve(name));
  }

  /** A mask that marks a pixel in its middle with white. */
  public static void marked(Path root, String... names) throws IOException {
    for (String name : names) {
      mark(root, name, 4, 4, 255);
    }
  }

  private static BufferedImage grey() {
    return new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException("No writer for " + format);
    }
  }
}
