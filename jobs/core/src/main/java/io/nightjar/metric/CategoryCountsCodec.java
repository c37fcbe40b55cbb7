package io.nightjar.metric;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Counts as bytes that can be stored; reading them gives equal counts. */
public final class CategoryCountsCodec {
  private CategoryCountsCodec() {}

  /** The bytes of counts. */
  public static byte[] encode(CategoryCounts counts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      counts.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The counts again.
   *
   * @param bytes that {@link #encode} gave
   * @throws IOException if they end too early or too late; other bytes can cause any {@link
   *     RuntimeException}
   */
  public static CategoryCounts decode(byte[] bytes) throws IOException {
    CategoryCounts counts = new CategoryCounts();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      counts.read(in);
      if (in.read() >= 0) {
        throw new IOException("There are bytes after the counts");
      }
    }
    return counts;
  }
}
