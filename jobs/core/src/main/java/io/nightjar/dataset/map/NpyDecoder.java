package io.nightjar.dataset.map;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.io.Decoding;
import io.nightjar.io.Half;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads NumPy's {@code .npy} files, versions 1.0 to 3.0 (NEP 1), that hold one matrix of float16,
 * float32 or float64 in C order; further dimensions must be of length 1. Written here: the format
 * is a header and the numbers, and DJL's reader needs an engine and its native memory.
 */
final class NpyDecoder {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

  /** NumPy itself ends at 10,000 unless it is set otherwise. */
  private static final int MOST_HEADER_BYTES = 1 << 16;

  private NpyDecoder() {}

  static DecodedMap decode(byte[] file) throws UnreadableImageException {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(in);
    String type = field(TYPE, header);
    if (!List.of("<f2", ">f2", "<f4", ">f4", "<f8", ">f8").contains(type)) {
      throw new UnreadableImageException(
          Text.format(
              "The .npy file holds values of type '%s'; save them as float32: a.astype('float32').",
              type));
    }
    if (field(ORDER, header).equals("True")) {
      throw new UnreadableImageException(
          "The .npy file is in Fortran order; save it in C order: numpy.ascontiguousarray(a).");
    }
    Dimensions size = size(field(SHAPE, header));
    in.order(type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int bytes = type.charAt(2) - '0';
    long needed = size.pixels() * bytes;
    if (in.remaining() != needed) {
      throw new UnreadableImageException(
          in.remaining() < needed
              ? Text.format(
                  "The .npy file is truncated: it has %d of %d bytes of values.",
                  in.remaining(), needed)
              : Text.format(
                  "The .npy file is damaged: %d bytes follow its %d bytes of values.",
                  in.remaining() - needed, needed));
    }
    MapValues values = new MapValues(size, bytes == Double.BYTES);
    for (int i = 0; i < size.pixels(); i++) {
      values.put(
          i,
          switch (bytes) {
            case Short.BYTES -> Half.toFloat(in.getShort());
            case Float.BYTES -> in.getFloat();
            default -> in.getDouble();
          });
    }
    return values.map();
  }

  private static String header(ByteBuffer in) throws UnreadableImageException {
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < MAGIC.length + 4) {
      throw truncated();
    }
    in.get(magic);
    int version = in.get();
    in.get(); // the minor version changes nothing
    if (!java.util.Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw new UnreadableImageException("It is not a .npy file of version 1.0 to 3.0.");
    }
    if (version > 1 && in.remaining() < Integer.BYTES) {
      throw truncated();
    }
    int length = version == 1 ? Short.toUnsignedInt(in.getShort()) : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw truncated();
    }
    if (length > MOST_HEADER_BYTES) {
      throw new UnreadableImageException(
          Text.format(
              "The .npy file has a header of %d bytes; that of an array has at most %d.",
              length, MOST_HEADER_BYTES));
    }
    byte[] header = new byte[length];
    in.get(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static UnreadableImageException truncated() {
    return new UnreadableImageException("The .npy file is truncated: it ends in its header.");
  }

  private static String field(Pattern pattern, String header) throws UnreadableImageException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new UnreadableImageException(
          Text.format(
              "The .npy file does not contain a plain array: its header is %s.",
              Decoding.shortened(header)));
    }
    return matcher.group(1);
  }

  private static Dimensions size(String shape) throws UnreadableImageException {
    List<Integer> lengths = new ArrayList<>();
    for (String length : shape.split(",", -1)) {
      if (!length.isBlank()) {
        try {
          lengths.add(Integer.parseInt(length.strip()));
        } catch (NumberFormatException e) {
          throw noMatrix(shape);
        }
      }
    }
    while (lengths.size() > 2 && lengths.get(0) == 1) {
      lengths.remove(0);
    }
    while (lengths.size() > 2 && lengths.get(lengths.size() - 1) == 1) {
      lengths.remove(lengths.size() - 1);
    }
    if (lengths.size() != 2 || lengths.contains(0)) {
      throw noMatrix(shape);
    }
    return Dimensions.decodable(lengths.get(1), lengths.get(0));
  }

  private static UnreadableImageException noMatrix(String shape) {
    return new UnreadableImageException(
        Text.format(
                "The .npy file has the shape (%s); an anomaly map has one row for each row of pixels and",
                Decoding.shortened(shape))
            + " one column for each column.");
  }
}
