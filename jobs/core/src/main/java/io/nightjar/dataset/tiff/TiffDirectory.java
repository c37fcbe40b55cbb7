package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The first directory of a TIFF 6.0 or BigTIFF: its fields, each of which lies inside the file.
 * Values are read from the stream when they are asked for.
 */
final class TiffDirectory {
  private static final int BIG = 43;

  /** More strips than any image that is read needs. */
  private static final int MOST_VALUES = 1 << 22;

  /** Bytes of one value of each type of TIFF 6.0 and BigTIFF; 0 where there is no such type. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int DIRECTORY = 13;
  private static final int LONG8 = 16;
  private static final int DIRECTORY8 = 18;

  private final ImageInputStream in;
  private final boolean big;
  private final Map<Integer, Field> fields = new HashMap<>();

  private TiffDirectory(ImageInputStream in, boolean big) {
    this.in = in;
    this.big = big;
  }

  static TiffDirectory read(ImageInputStream in) throws IOException {
    in.seek(0);
    in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(2);
    TiffDirectory directory = new TiffDirectory(in, in.readUnsignedShort() == BIG);
    directory.readFields();
    return directory;
  }

  private void readFields() throws IOException {
    in.seek(big ? 8 : 4);
    long start = offset();
    checkInside(start, big ? 8 : 2);
    in.seek(start);
    long entries = big ? in.readLong() : in.readUnsignedShort();
    int entryBytes = big ? 20 : 12;
    if (entries < 0 || entries > in.length() / entryBytes) {
      throw damaged();
    }
    long first = start + (big ? 8 : 2);
    checkInside(first, entryBytes * entries + (big ? 8 : 4));
    for (int i = 0; i < entries; i++) {
      in.seek(first + (long) entryBytes * i);
      fields.putIfAbsent(in.readUnsignedShort(), field());
    }
  }

  private Field field() throws IOException {
    int type = in.readUnsignedShort();
    long count = offset();
    int width = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
    if (width == 0) {
      return new Field(type, 0, 0);
    }
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw damaged();
    }
    boolean inline = count * width <= (big ? 8 : 4);
    long position = inline ? in.getStreamPosition() : offset();
    checkInside(position, count * width);
    return new Field(type, (int) count, position);
  }

  /** Reads an offset or count, of 32 bits in a TIFF and of 64 in a BigTIFF. */
  private long offset() throws IOException {
    return big ? in.readLong() : in.readUnsignedInt();
  }

  ByteOrder order() {
    return in.getByteOrder();
  }

  /** Whether it is a BigTIFF, which ImageIO does not read. */
  boolean isBig() {
    return big;
  }

  /** Bytes of the file. */
  long length() throws IOException {
    return in.length();
  }

  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** The first value of a field, or another where the field is absent. */
  long first(int tag, long absent) throws IOException {
    return has(tag) ? values(tag)[0] : absent;
  }

  /** The whole numbers of a field; none where it is absent. */
  long[] values(int tag) throws IOException {
    Field field = fields.get(tag);
    if (field == null) {
      return new long[0];
    }
    if (field.count < 1) {
      throw damaged();
    }
    if (field.count > MOST_VALUES) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF has a field of %d values, which is not read; save it with fewer strips.",
              field.count));
    }
    long[] values = new long[field.count];
    in.seek(field.position);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (field.type) {
            case BYTE -> in.readUnsignedByte();
            case SHORT -> in.readUnsignedShort();
            case LONG, DIRECTORY -> in.readUnsignedInt();
            case LONG8, DIRECTORY8 -> in.readLong();
            default -> throw damaged();
          };
    }
    return values;
  }

  /** Refuses a part of the file that begins or ends outside of it. */
  void checkInside(long start, long bytes) throws IOException {
    if (start < 0 || bytes < 0 || start + bytes < 0) {
      throw damaged();
    }
    if (start + bytes > in.length()) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF is truncated: it has %d bytes of at least %d.",
              in.length(), start + bytes));
    }
  }

  private static UnreadableImageException damaged() {
    return new UnreadableImageException("The TIFF is damaged: its directory is invalid.");
  }

  /** Where the values of a directory entry are. */
  private record Field(int type, int count, long position) {}
}
