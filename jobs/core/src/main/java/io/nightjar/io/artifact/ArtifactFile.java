package io.nightjar.io.artifact;

import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An artefact of one file: a JSON document, float32 and float64 values that keep their bits, and
 * bytes.
 *
 * <p>The file, little-endian: the 8 bytes {@code NJART\0\0\3}; the 32 bytes of the key; the length
 * of the document in bytes, an int32, and the document; the number of float32 values, an int32, and
 * the values; the same of float64 values, and of bytes; and the SHA-256 of all before.
 *
 * @param document JSON
 * @param values float32, in an order that the document explains
 * @param doubles float64, likewise
 * @param bytes what the document says
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
public record ArtifactFile(String document, float[] values, double[] doubles, byte[] bytes) {
  private static final byte[] MAGIC = {'N', 'J', 'A', 'R', 'T', 0, 0, 3};
  private static final int HASH = 32;
  private static final int FRAME = MAGIC.length + HASH + 4 * Integer.BYTES + HASH;

  /** Without float64 values and bytes. */
  public ArtifactFile(String document, float[] values) {
    this(document, values, new double[0]);
  }

  /** Without bytes. */
  public ArtifactFile(String document, float[] values, double[] doubles) {
    this(document, values, doubles, new byte[0]);
  }

  /** The file's bytes. */
  public byte[] encode(ArtifactKey key) {
    byte[] text = document.getBytes(StandardCharsets.UTF_8);
    int numbers =
        Math.addExact(
            Math.multiplyExact(values.length, Float.BYTES),
            Math.multiplyExact(doubles.length, Double.BYTES));
    int length =
        Math.addExact(FRAME, Math.addExact(Math.addExact(text.length, bytes.length), numbers));
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put(HexFormat.of().parseHex(key.hex()));
    out.putInt(text.length).put(text);
    out.putInt(values.length);
    out.asFloatBuffer().put(values);
    out.position(out.position() + values.length * Float.BYTES);
    out.putInt(doubles.length);
    out.asDoubleBuffer().put(doubles);
    out.position(out.position() + doubles.length * Double.BYTES);
    out.putInt(bytes.length).put(bytes);
    MessageDigest digest = Sha256.digest();
    digest.update(out.array(), 0, out.position());
    return out.put(digest.digest()).array();
  }

  /**
   * Reads a file's bytes and verifies them.
   *
   * @param name of the file, for the message
   * @param key that it was found by
   * @throws DamagedArtifactException if it was cut short or altered, or belongs to another key
   */
  public static ArtifactFile decode(byte[] bytes, String name, ArtifactKey key)
      throws DamagedArtifactException {
    if (bytes.length < FRAME) {
      throw new DamagedArtifactException(name, Text.format("has %d bytes only", bytes.length));
    }
    int end = bytes.length - HASH;
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, end);
    if (!Arrays.equals(digest.digest(), 0, HASH, bytes, end, bytes.length)) {
      throw new DamagedArtifactException(name, "was altered or cut short");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, end).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    byte[] found = new byte[HASH];
    in.get(magic).get(found);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new DamagedArtifactException(name, "is no file of this format");
    }
    if (!HexFormat.of().formatHex(found).equals(key.hex())) {
      throw new DamagedArtifactException(name, "belongs to other inputs");
    }
    String document = text(in, name);
    float[] values = new float[count(in, Float.BYTES, name)];
    in.asFloatBuffer().get(values);
    in.position(in.position() + values.length * Float.BYTES);
    double[] doubles = new double[count(in, Double.BYTES, name)];
    in.asDoubleBuffer().get(doubles);
    in.position(in.position() + doubles.length * Double.BYTES);
    byte[] rest = new byte[count(in, 1, name)];
    in.get(rest);
    if (in.hasRemaining()) {
      throw new DamagedArtifactException(name, "goes on behind its end");
    }
    return new ArtifactFile(document, values, doubles, rest);
  }

  private static String text(ByteBuffer in, String name) throws DamagedArtifactException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() - 3 * Integer.BYTES) {
      throw new DamagedArtifactException(name, "names a wrong length");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int count(ByteBuffer in, int bytes, String name) throws DamagedArtifactException {
    int count = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (count < 0 || (long) count * bytes > in.remaining()) {
      throw new DamagedArtifactException(name, "names a wrong number of values");
    }
    return count;
  }
}
