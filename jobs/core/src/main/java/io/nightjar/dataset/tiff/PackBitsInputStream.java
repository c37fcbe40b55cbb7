package io.nightjar.dataset.tiff;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Undoes PackBits of TIFF 6.0, section 9: runs of one byte, and bytes as they are. */
final class PackBitsInputStream extends InputStream {
  private static final int NOTHING = 128;

  private final InputStream in;
  private int left;
  private boolean literal;
  private int repeated;

  PackBitsInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    if (!begin()) {
      return -1;
    }
    left--;
    return literal ? in.read() : repeated;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    int filled = 0;
    while (filled < wanted && begin()) {
      int n = Math.min(left, wanted - filled);
      if (literal) {
        n = in.readNBytes(into, offset + filled, n);
        left = n == 0 ? 0 : left - n; // the file ends within a run
      } else {
        Arrays.fill(into, offset + filled, offset + filled + n, (byte) repeated);
        left -= n;
      }
      filled += n;
    }
    return filled == 0 && wanted > 0 ? -1 : filled;
  }

  /** Whether there is a byte left, of the next run where the last one has ended. */
  private boolean begin() throws IOException {
    while (left == 0) {
      int head = in.read();
      if (head < 0) {
        return false;
      }
      if (head != NOTHING) {
        literal = head < NOTHING;
        left = literal ? head + 1 : 257 - head;
        repeated = literal ? 0 : in.read();
      }
    }
    return true;
  }
}
