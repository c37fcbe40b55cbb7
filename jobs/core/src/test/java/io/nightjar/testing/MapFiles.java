package io.nightjar.testing;

import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/** Writes anomaly maps as other tools do. */
public final class MapFiles {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private MapFiles() {}

  /** NumPy's format 1.0 with the header padded to 64 bytes, as {@code numpy.save} has it. */
  public static byte[] npy(float[] values, int width, int height) {
    return npy(1, "<f4", "False", Text.format("(%d, %d)", height, width), littleEndian(values));
  }

  public static byte[] npy(
      int version, String type, String fortranOrder, String shape, byte[] content) {
    String header =
        Text.format(
            "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", type, fortranOrder, shape);
    int prefix = version == 1 ? 10 : 12;
    int length = (prefix + header.length() + 1 + 63) / 64 * 64 - prefix;
    byte[] text =
        (header + " ".repeat(length - header.length() - 1) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(prefix + length + content.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) length);
    } else {
      file.putInt(length);
    }
    return file.put(text).put(content).array();
  }

  public static byte[] littleEndian(float[] values) {
    return bytes(values, ByteOrder.LITTLE_ENDIAN);
  }

  /** One strip, not packed: what {@code tifffile.imwrite} leaves by default. */
  public static byte[] tiff(float[] values, int width, int height) {
    return tiff(values, width, height, ByteOrder.LITTLE_ENDIAN, height, false);
  }

  /** A TIFF of one channel of 32-bit floating point. */
  public static byte[] tiff(
      float[] values, int width, int height, ByteOrder order, int rowsPerStrip, boolean deflated) {
    List<byte[]> strips = new ArrayList<>();
    byte[] samples = bytes(values, order);
    for (int row = 0; row < height; row += rowsPerStrip) {
      int from = row * width * Float.BYTES;
      int to = Math.min(row + rowsPerStrip, height) * width * Float.BYTES;
      byte[] strip = java.util.Arrays.copyOfRange(samples, from, to);
      strips.add(deflated ? deflate(strip) : strip);
    }
    int n = strips.size();
    int entries = 10;
    int directory = 8;
    int tables = directory + 2 + 12 * entries + 4;
    int data = tables + (n > 1 ? 8 * n : 0);
    int total = data + strips.stream().mapToInt(strip -> strip.length).sum();
    ByteBuffer file = ByteBuffer.allocate(total).order(order);
    file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    file.putShort((short) 42).putInt(directory).putShort((short) entries);
    entry(file, 256, LONG, 1, width);
    entry(file, 257, LONG, 1, height);
    entry(file, 258, SHORT, 1, 32);
    entry(file, 259, SHORT, 1, deflated ? 8 : 1);
    entry(file, 262, SHORT, 1, 1);
    entry(file, 273, LONG, n, n > 1 ? tables : data);
    entry(file, 277, SHORT, 1, 1);
    entry(file, 278, LONG, 1, rowsPerStrip);
    entry(file, 279, LONG, n, n > 1 ? tables + 4 * n : strips.get(0).length);
    entry(file, 339, SHORT, 1, 3);
    file.putInt(0);
    if (n > 1) {
      int offset = data;
      for (byte[] strip : strips) {
        file.putInt(offset);
        offset += strip.length;
      }
      strips.forEach(strip -> file.putInt(strip.length));
    }
    strips.forEach(file::put);
    return file.array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count);
    if (type == SHORT) {
      file.putShort((short) value).putShort((short) 0);
    } else {
      file.putInt(value);
    }
  }

  private static byte[] bytes(float[] values, ByteOrder order) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(order);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static byte[] deflate(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
