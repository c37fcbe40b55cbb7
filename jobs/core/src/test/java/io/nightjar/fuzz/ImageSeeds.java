package io.nightjar.fuzz;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.TiffFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small images and maps of every format. */
final class ImageSeeds {
  private static final int PNG_SIGNATURE_BYTES = 8;

  private ImageSeeds() {}

  static List<byte[]> png() throws IOException {
    return List.of(
        TestImages.encode(TestImages.rgb(), "png"),
        TestImages.encode(TestImages.grey16(), "png"),
        TestImages.encode(TestImages.palette(), "png"),
        TestImages.interlacedPng(TestImages.rgb()));
  }

  static List<byte[]> jpeg() throws IOException {
    return List.of(
        TestImages.encode(TestImages.rgb(), "jpg"),
        TestImages.encode(TestImages.grey(), "jpg"),
        written(TestImages.rgb(), "jpeg", ""));
  }

  static List<byte[]> bmp() throws IOException {
    return List.of(
        TestImages.encode(TestImages.rgb(), "bmp"),
        TestImages.encode(TestImages.palette(), "bmp"),
        written(TestImages.palette(), "bmp", "BI_RLE8"));
  }

  static List<byte[]> tiff() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int compression :
        new int[] {TiffFiles.NONE, TiffFiles.LZW, TiffFiles.DEFLATE, TiffFiles.PACK_BITS}) {
      files.add(
          TiffFiles.of(13, 9, 8, 3).compression(compression).rowsPerStrip(4).write(new byte[351]));
      files.add(TiffFiles.of(13, 9, 16, 1).compression(compression).big(true).write(new byte[234]));
    }
    for (String compression : List.of("CCITT RLE", "CCITT T.6")) {
      files.add(written(TestImages.bits(16, 9, 3), "tiff", compression));
    }
    files.add(written(TestImages.rgb(), "tiff", "JPEG"));
    return files;
  }

  static List<byte[]> npy() {
    return List.of(MapFiles.npy(new float[12], 4, 3));
  }

  static List<byte[]> floatTiff() {
    return List.of(MapFiles.tiff(new float[12], 4, 3));
  }

  /** A PNG whose chunks have the checksums of what they hold, where it consists of chunks. */
  static byte[] withChecksums(byte[] png) {
    ByteBuffer file = ByteBuffer.wrap(png.clone());
    int at = PNG_SIGNATURE_BYTES;
    while (at + 12 <= png.length) {
      int length = file.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        break;
      }
      CRC32 crc = new CRC32();
      crc.update(file.array(), at + 4, 4 + length);
      file.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
    return file.array();
  }

  /** Progressive where the format knows it, and compressed. */
  private static byte[] written(BufferedImage image, String format, String compression)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (compression.isEmpty()) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      } else {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(compression);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
