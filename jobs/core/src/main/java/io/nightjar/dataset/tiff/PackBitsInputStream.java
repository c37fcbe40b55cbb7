package io.nightjar.dataset.tiff;

import java.io.IOException;
import java.io.InputStream;

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
    while (left == 0) {
      int head = in.read();
      if (head < 0) {
        return -1;
      }
      if (head != NOTHING) {
        literal = head < NOTHING;
        left = literal ? head + 1 : 257 - head;
        repeated = literal ? 0 : in.read();
      }
    }
    left--;
    return literal ? in.read() : repeated;
  }
}
