package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The first directory of a TIFF 6.0, checked against the length of the file.
 *
 * @param size columns and rows
 * @param palette RGB triples of 8 bits; empty where the image has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TiffHeader(Dimensions size, byte[] palette) {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int DEPTH = 258;
  private static final int COMPRESSION = 259;
  private static final int CHANNELS = 277;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int PALETTE = 320;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  private static final int UNPACKED = 1;
  private static final int GROUP_4 = 4;

  /** Deflate, the strongest compression, puts at most this many bytes into one. */
  private static final long MOST_PACKED = 1032;

  /**
   * Bytes of one value of each type: byte, text, short, long, rational, and their signed
   * counterparts.
   */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int INLINE_BYTES = 4;

  /** Reads and checks the header at the start of a stream. */
  public static TiffHeader read(ImageInputStream in) throws IOException {
    in.seek(0);
    in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(4);
    long directory = in.readUnsignedInt();
    checkInside(directory + 2, in);
    in.seek(directory);
    int entries = in.readUnsignedShort();
    checkInside(directory + 2 + 12L * entries + 4, in);
    Map<Integer, Field> fields = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      in.seek(directory + 2 + 12L * i);
      int tag = in.readUnsignedShort();
      Field field = Field.read(in);
      checkInside(field.position + field.bytes(), in);
      fields.putIfAbsent(tag, field);
    }
    Dimensions size =
        Dimensions.decodable(required(fields.get(WIDTH), in), required(fields.get(HEIGHT), in));
    checkPixels(size, fields, in);
    return new TiffHeader(size, palette(fields, in));
  }

  private static int required(Field field, ImageInputStream in) throws IOException {
    long size = field == null ? 0 : field.values(in)[0];
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new UnreadableImageException("The TIFF is damaged: its header has no size.");
    }
    return (int) size;
  }

  /** Whether the compressed pixels are inside the file and can be as many as the size says. */
  private static void checkPixels(Dimensions size, Map<Integer, Field> fields, ImageInputStream in)
      throws IOException {
    long packed = packed(fields, STRIP_OFFSETS, STRIP_BYTES, in);
    packed += packed(fields, TILE_OFFSETS, TILE_BYTES, in);
    if (packed == 0) {
      packed = in.length(); // the byte counts may be left out where nothing is compressed
    }
    long bits = first(fields, DEPTH, in) * first(fields, CHANNELS, in);
    long compression = first(fields, COMPRESSION, in);
    boolean fax = compression > UNPACKED && compression <= GROUP_4; // compresses without a limit
    long needed = size.pixels() * bits / 8 / (compression == UNPACKED ? 1 : MOST_PACKED);
    if (!fax && needed > packed) {
      throw new UnreadableImageException(
          "The TIFF is damaged: it holds less data than its size in the header needs.");
    }
  }

  private static long packed(
      Map<Integer, Field> fields, int offsetsTag, int bytesTag, ImageInputStream in)
      throws IOException {
    if (!fields.containsKey(offsetsTag) || !fields.containsKey(bytesTag)) {
      return 0;
    }
    long[] starts = fields.get(offsetsTag).values(in);
    long[] counts = fields.get(bytesTag).values(in);
    long sum = 0;
    for (int i = 0; i < Math.min(starts.length, counts.length); i++) {
      checkInside(starts[i] + counts[i], in);
      sum += counts[i];
    }
    return sum;
  }

  /**
   * The first value of a field; 1, which is the default of all these fields, where it is absent.
   */
  private static long first(Map<Integer, Field> fields, int tag, ImageInputStream in)
      throws IOException {
    return fields.containsKey(tag) ? fields.get(tag).values(in)[0] : 1;
  }

  /** The palette is stored as all reds, all greens, all blues; the high byte of each is used. */
  private static byte[] palette(Map<Integer, Field> fields, ImageInputStream in)
      throws IOException {
    Field field = fields.get(PALETTE);
    if (field == null) {
      return new byte[0];
    }
    long[] values = field.values(in);
    int colours = values.length / 3;
    byte[] palette = new byte[3 * colours];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (values[i % 3 * colours + i / 3] >> 8);
    }
    return palette;
  }

  private static void checkInside(long end, ImageInputStream in) throws IOException {
    if (end > in.length()) {
      throw new UnreadableImageException(
          Text.format("The TIFF is truncated: it has %d bytes of at least %d.", in.length(), end));
    }
  }

  /** Where the values of a directory entry are. */
  private record Field(int type, long count, long position) {

    public static Field read(ImageInputStream in) throws IOException {
      int type = in.readUnsignedShort();
      long count = in.readUnsignedInt();
      Field inline = new Field(type, count, in.getStreamPosition());
      return inline.bytes() <= INLINE_BYTES ? inline : new Field(type, count, in.readUnsignedInt());
    }

    long bytes() {
      return type < TYPE_BYTES.length ? count * TYPE_BYTES[type] : 0;
    }

    /** The numbers, of 16 or 32 bits. */
    long[] values(ImageInputStream in) throws IOException {
      if ((type != SHORT && type != LONG) || count < 1) {
        throw new UnreadableImageException("The TIFF is damaged: its directory is invalid.");
      }
      long[] values = new long[(int) count];
      in.seek(position);
      for (int i = 0; i < values.length; i++) {
        values[i] = type == SHORT ? in.readUnsignedShort() : in.readUnsignedInt();
      }
      return values;
    }
  }
}
