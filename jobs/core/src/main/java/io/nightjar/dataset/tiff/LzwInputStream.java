package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import java.io.IOException;
import java.io.InputStream;

/** Undoes LZW of TIFF 6.0, section 13: codes of 9 to 12 bits, highest bit first. */
final class LzwInputStream extends InputStream {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int MOST_CODES = 4096;
  private static final int NONE = -1;

  private final InputStream in;
  private final short[] prefix = new short[MOST_CODES];
  private final byte[] last = new byte[MOST_CODES];
  private final short[] lengths = new short[MOST_CODES];

  private final byte[] text = new byte[MOST_CODES];
  private int textAt = MOST_CODES;

  private int bits;
  private int bitCount;
  private int width = 9;
  private int next = FIRST;
  private int previous = NONE;
  private boolean ended;

  LzwInputStream(InputStream in) {
    this.in = in;
    for (int i = 0; i < CLEAR; i++) {
      last[i] = (byte) i;
      lengths[i] = 1;
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? text[textAt++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    int filled = 0;
    while (filled < wanted && fill()) {
      int n = Math.min(wanted - filled, MOST_CODES - textAt);
      System.arraycopy(text, textAt, into, offset + filled, n);
      textAt += n;
      filled += n;
    }
    return filled == 0 && wanted > 0 ? -1 : filled;
  }

  /** Whether there is text, of the next code where that of the last one has been read. */
  private boolean fill() throws IOException {
    while (textAt == MOST_CODES && !ended) {
      int code = code();
      if (code == END || code < 0) {
        ended = true;
      } else if (code == CLEAR) {
        width = 9;
        next = FIRST;
        previous = NONE;
      } else {
        take(code);
      }
    }
    return textAt < MOST_CODES;
  }

  private void take(int code) throws IOException {
    if (code > next || (code == next && previous == NONE) || (previous == NONE && code >= CLEAR)) {
      throw new UnreadableImageException(
          "The TIFF is damaged: its LZW data cannot be decompressed.");
    }
    if (code < next) {
      write(code, MOST_CODES);
    } else { // the string before it, and once more that one's first byte
      write(previous, MOST_CODES - 1);
      text[MOST_CODES - 1] = text[textAt];
    }
    if (previous != NONE && next < MOST_CODES) {
      prefix[next] = (short) previous;
      last[next] = text[textAt];
      lengths[next] = (short) (lengths[previous] + 1);
      next++;
      if (next + 1 == 1 << width && width < 12) { // one code early, as all TIFF writers do
        width++;
      }
    }
    previous = code;
  }

  /** Puts the string of a code before an end of the text. */
  private void write(int code, int end) {
    textAt = end - lengths[code];
    int at = end;
    int rest = code;
    while (at > textAt) {
      text[--at] = last[rest];
      rest = prefix[rest];
    }
  }

  private int code() throws IOException {
    while (bitCount < width) {
      int one = in.read();
      if (one < 0) {
        return NONE;
      }
      bits = bits << 8 | one;
      bitCount += 8;
    }
    bitCount -= width;
    return bits >>> bitCount & ((1 << width) - 1);
  }
}
