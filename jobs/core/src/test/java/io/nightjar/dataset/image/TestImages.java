package io.nightjar.dataset.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small images that the tests draw and encode themselves. */
public final class TestImages {
  static final int WIDTH = 13;
  static final int HEIGHT = 9;

  private TestImages() {}

  /** A raster filled with samples from 0 to 2^bits - 1, the same for the same image. */
  public static BufferedImage filled(BufferedImage image, int bits) {
    WritableRaster raster = image.getRaster();
    Random random = new Random(1);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          raster.setSample(x, y, band, random.nextInt(1 << bits));
        }
      }
    }
    return image;
  }

  public static BufferedImage rgb() {
    return filled(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), 8);
  }

  public static BufferedImage grey() {
    return filled(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), 8);
  }

  public static BufferedImage grey16() {
    return filled(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY), 16);
  }

  /**
   * Four colours: black, red, a dark yellow and a light blue. (The palette has room for 17, since
   * ImageIO's writer of BMP puts the pixels of smaller ones into the wrong number of bits.)
   */
  public static BufferedImage palette() {
    byte[] red = Arrays.copyOf(new byte[] {0, (byte) 255, 100, (byte) 128}, 17);
    byte[] green = Arrays.copyOf(new byte[] {0, 0, 90, (byte) 200}, 17);
    byte[] blue = Arrays.copyOf(new byte[] {0, 0, 10, (byte) 255}, 17);
    IndexColorModel colours = new IndexColorModel(8, 17, red, green, blue);
    BufferedImage image =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, colours);
    return filled(image, 2);
  }

  /** White from the given column on, black before it, of one bit a pixel. */
  public static BufferedImage bits(int width, int height, int firstWhite) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < height; y++) {
      for (int x = firstWhite; x < width; x++) {
        image.getRaster().setSample(x, y, 0, 1);
      }
    }
    return image;
  }

  /** The stored samples of an image as RGB, alpha dropped, 16 bits rounded to 8. */
  public static RgbImage samples(BufferedImage image) {
    byte[] pixels = new byte[3 * image.getWidth() * image.getHeight()];
    int o = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int[] sample = image.getRaster().getPixel(x, y, (int[]) null);
        int bits = image.getSampleModel().getSampleSize(0);
        for (int channel = 0; channel < 3; channel++) {
          if (image.getColorModel() instanceof IndexColorModel) {
            int argb = image.getColorModel().getRGB(sample[0]);
            pixels[o++] = (byte) (argb >> (16 - 8 * channel));
          } else {
            int value = sample[sample.length < 3 ? 0 : channel];
            pixels[o++] = (byte) (bits == 16 ? Math.round(value / 257.0) : value);
          }
        }
      }
    }
    return new RgbImage(image.getWidth(), image.getHeight(), pixels);
  }

  public static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IllegalArgumentException("ImageIO cannot write this image as " + format);
    }
    return out.toByteArray();
  }

  public static byte[] interlacedPng(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A PNG put together by hand: its rows are given with their filter bytes. */
  public static byte[] png(
      int width, int height, int depth, int type, boolean interlaced, byte[] palette, byte[] rows)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {(byte) depth, (byte) type, 0, 0, (byte) (interlaced ? 1 : 0)});
    chunk("IHDR", header.toByteArray(), out);
    if (palette.length > 0) {
      chunk("PLTE", palette, out);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
      deflate.write(rows);
    }
    chunk("IDAT", packed.toByteArray(), out);
    chunk("IEND", new byte[0], out);
    return out.toByteArray();
  }

  private static void chunk(String name, byte[] content, ByteArrayOutputStream out)
      throws IOException {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(content);
    DataOutputStream chunk = new DataOutputStream(out);
    chunk.writeInt(content.length);
    chunk.write(type);
    chunk.write(content);
    chunk.writeInt((int) crc.getValue());
  }

  public static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }
}
