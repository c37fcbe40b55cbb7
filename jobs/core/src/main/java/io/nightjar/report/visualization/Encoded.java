package io.nightjar.report.visualization;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Drawings as the bytes of image files. */
final class Encoded {
  private Encoded() {}

  static byte[] png(BufferedImage drawing) {
    return file(drawing, "png");
  }

  /** With losses; the drawing has no alpha. */
  static byte[] jpeg(BufferedImage drawing) {
    return file(drawing, "jpeg");
  }

  private static byte[] file(BufferedImage drawing, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(drawing, format, out)) {
        throw new IllegalStateException("This JVM writes no files of the format " + format);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a drawing in memory", e);
    }
    return bytes.toByteArray();
  }
}
