package io.nightjar.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/** Writes TIFF and BigTIFF field by field, as other software lays them out. */
public final class TiffFiles {
  public static final int NONE = 1;
  public static final int LZW = 5;
  public static final int DEFLATE = 8;
  public static final int PACK_BITS = 32773;

  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final int width;
  private final int height;
  private final int bits;
  private final int channels;
  private final Map<Integer, long[]> fields = new TreeMap<>();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private boolean big;
  private int compression = NONE;
  private int rowsPerStrip;
  private int gap;

  private TiffFiles(int width, int height, int bits, int channels) {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.channels = channels;
    this.rowsPerStrip = height;
    with(262, channels < 3 ? 1 : 2);
  }

  public static TiffFiles of(int width, int height, int bits, int channels) {
    return new TiffFiles(width, height, bits, channels);
  }

  /** Sets or replaces a field. */
  public TiffFiles with(int tag, long... values) {
    fields.put(tag, values);
    return this;
  }

  public TiffFiles order(ByteOrder value) {
    order = value;
    return this;
  }

  public TiffFiles big(boolean value) {
    big = value;
    return this;
  }

  public TiffFiles compression(int value) {
    compression = value;
    return this;
  }

  public TiffFiles rowsPerStrip(int value) {
    rowsPerStrip = value;
    return this;
  }

  /** Bytes between the header and the directory. */
  public TiffFiles gap(int value) {
    gap = value;
    return this;
  }

  public ByteOrder order() {
    return order;
  }

  /**
   * The file.
   *
   * @param rows the image's rows, each beginning with a byte, after any predictor
   */
  public byte[] write(byte[] rows) {
    int rowBytes = (width * channels * bits + 7) / 8;
    List<byte[]> strips = new ArrayList<>();
    for (int y = 0; y < height; y += rowsPerStrip) {
      int to = Math.min(y + rowsPerStrip, height) * rowBytes;
      strips.add(packed(Arrays.copyOfRange(rows, y * rowBytes, to)));
    }
    return write(strips);
  }

  /** The file, of strips or tiles that are compressed already. */
  public byte[] write(List<byte[]> segments) {
    boolean tiled = fields.containsKey(322);
    int offsets = tiled ? 324 : 273;
    fields.put(256, new long[] {width});
    fields.put(257, new long[] {height});
    fields.put(258, filled(channels, bits));
    fields.put(259, new long[] {compression});
    fields.put(277, new long[] {channels});
    if (!tiled) {
      fields.put(278, new long[] {rowsPerStrip});
    }
    fields.put(offsets, new long[segments.size()]);
    fields.put(tiled ? 325 : 279, segments.stream().mapToLong(strip -> strip.length).toArray());
    int header = big ? 16 : 8;
    int directory = header + gap;
    int entry = big ? 20 : 12;
    int inline = big ? 8 : 4;
    int tables = directory + (big ? 8 : 2) + entry * fields.size() + inline;
    Map<Integer, Integer> outside = new HashMap<>();
    int at = tables;
    for (Map.Entry<Integer, long[]> field : fields.entrySet()) {
      int bytes = bytes(field.getKey(), field.getValue());
      if (bytes > inline) {
        outside.put(field.getKey(), at);
        at += bytes;
      }
    }
    long[] starts = fields.get(offsets);
    for (int i = 0; i < starts.length; i++) {
      starts[i] = at;
      at += segments.get(i).length;
    }
    ByteBuffer file = ByteBuffer.allocate(at).order(order);
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(file.get(0));
    if (big) {
      file.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(directory);
      file.position(directory).putLong(fields.size());
    } else {
      file.putShort((short) 42).putInt(directory);
      file.position(directory).putShort((short) fields.size());
    }
    for (Map.Entry<Integer, long[]> field : fields.entrySet()) {
      int tag = field.getKey();
      int next = file.position() + entry;
      file.putShort((short) tag).putShort((short) type(tag));
      if (big) {
        file.putLong(field.getValue().length);
      } else {
        file.putInt(field.getValue().length);
      }
      if (outside.containsKey(tag)) {
        if (big) {
          file.putLong(outside.get(tag));
        } else {
          file.putInt(outside.get(tag));
        }
        file.position(outside.get(tag));
      }
      for (long value : field.getValue()) {
        if (type(tag) == SHORT) {
          file.putShort((short) value);
        } else {
          file.putInt((int) value);
        }
      }
      file.position(next);
    }
    file.position((int) starts[0]);
    segments.forEach(file::put);
    return file.array();
  }

  private static int type(int tag) {
    return switch (tag) {
      case 256, 257, 273, 278, 279, 322, 323, 324, 325 -> LONG;
      default -> SHORT;
    };
  }

  private static int bytes(int tag, long[] values) {
    return values.length * (type(tag) == SHORT ? 2 : 4);
  }

  private static long[] filled(int length, long value) {
    long[] values = new long[length];
    Arrays.fill(values, value);
    return values;
  }

  private byte[] packed(byte[] strip) {
    return switch (compression) {
      case DEFLATE -> deflated(strip);
      case LZW -> lzw(strip);
      case PACK_BITS -> packBits(strip);
      default -> strip;
    };
  }

  private static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] packed = new byte[content.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  /** Runs of three and more equal bytes, and what lies between them. */
  private static byte[] packBits(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int from = 0;
    while (from < content.length) {
      int run = 1;
      while (from + run < content.length && run < 128 && content[from + run] == content[from]) {
        run++;
      }
      if (run > 2) {
        out.write(257 - run);
        out.write(content[from]);
        from += run;
      } else {
        out.write(0);
        out.write(content[from++]);
      }
    }
    return out.toByteArray();
  }

  /** As libtiff does: a code for each string, and a clear code before the table is full. */
  public static byte[] lzw(byte[] content) {
    int[] codes = new int[4096 << 8];
    BitSet bits = new BitSet();
    int width = 9;
    int length = put(bits, 0, 256, width);
    int next = 258;
    int text = -1;
    for (byte one : content) {
      int last = one & 0xff;
      int longer = text < 0 ? last : codes[text << 8 | last];
      if (text < 0 || longer > 0) {
        text = longer;
        continue;
      }
      length = put(bits, length, text, width);
      codes[text << 8 | last] = next++;
      text = last;
      if (next == 1 << width) {
        width++;
      }
      if (next == 4094) {
        length = put(bits, length, 256, width);
        Arrays.fill(codes, 0);
        next = 258;
        width = 9;
      }
    }
    if (text >= 0) {
      length = put(bits, length, text, width);
      width += next + 1 == 1 << width ? 1 : 0;
    }
    length = put(bits, length, 257, width);
    byte[] packed = new byte[(length + 7) / 8];
    bits.stream().forEach(bit -> packed[bit / 8] |= (byte) (0x80 >> bit % 8));
    return packed;
  }

  private static int put(BitSet bits, int at, int code, int width) {
    for (int i = 0; i < width; i++) {
      bits.set(at + i, (code >> (width - 1 - i) & 1) == 1);
    }
    return at + width;
  }
}
