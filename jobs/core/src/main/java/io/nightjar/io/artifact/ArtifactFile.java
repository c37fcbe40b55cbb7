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
 * An artefact of one file: a JSON document and float32 values that keep their bits.
 *
 * <p>The file, little-endian: the 8 bytes {@code NJART\0\0\1}; the 32 bytes of the key; the length
 * of the document in bytes, an int32, and the document; the number of values, an int32, and the
 * values; and the SHA-256 of all bytes before.
 *
 * @param document JSON
 * @param values float32, in an order that the document explains
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
public record ArtifactFile(String document, float[] values) {
  private static final byte[] MAGIC = {'N', 'J', 'A', 'R', 'T', 0, 0, 1};
  private static final int HASH = 32;
  private static final int FRAME = MAGIC.length + HASH + 2 * Integer.BYTES + HASH;

  /** The file's bytes. */
  public byte[] encode(ArtifactKey key) {
    byte[] text = document.getBytes(StandardCharsets.UTF_8);
    int length = Math.addExact(FRAME, Math.addExact(text.length, values.length * Float.BYTES));
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put(HexFormat.of().parseHex(key.hex()));
    out.putInt(text.length).put(text);
    out.putInt(values.length);
    for (float value : values) {
      out.putInt(Float.floatToRawIntBits(value));
    }
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
    return new ArtifactFile(text(in, name), values(in, name));
  }

  private static String text(ByteBuffer in, String name) throws DamagedArtifactException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() - Integer.BYTES) {
      throw new DamagedArtifactException(name, "names a wrong length");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static float[] values(ByteBuffer in, String name) throws DamagedArtifactException {
    int count = in.getInt();
    if (count < 0 || (long) count * Float.BYTES != in.remaining()) {
      throw new DamagedArtifactException(name, "names a wrong number of values");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(in.getInt());
    }
    return values;
  }
}
