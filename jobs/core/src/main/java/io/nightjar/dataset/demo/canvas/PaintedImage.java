package io.nightjar.dataset.demo.canvas;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A finished square image.
 *
 * @param pixels size x size x 3 bytes, row by row, red first
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of pixels, never compared or used as a key
public record PaintedImage(int size, byte[] pixels) {

  /** Writes the image as an 8-bit RGB PNG. */
  public void write(Path file) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int at = (y * size + x) * 3;
        row[x] = (pixels[at] & 0xff) << 16 | (pixels[at + 1] & 0xff) << 8 | (pixels[at + 2] & 0xff);
      }
      image.setRGB(0, y, size, 1, row, 0, size);
    }
    writePng(image, file);
  }

  /** Writes an image as PNG. */
  public static void writePng(BufferedImage image, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new UncheckedIOException(new IOException("This Java has no PNG writer"));
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
