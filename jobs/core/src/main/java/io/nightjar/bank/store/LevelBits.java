package io.nightjar.bank.store;

import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Levels of one bit each, as Parquet's hybrid of run lengths and packed bits has them, as words:
 * bit i of word w is the level of value {@code 64 w + i}. A word is handled at once where Parquet's
 * own decoder goes level by level.
 */
final class LevelBits {
  private final long[] words;
  private final int count;
  private int filled;

  private LevelBits(int count) {
    this.count = count;
    this.words = new long[(count + Long.SIZE - 1) / Long.SIZE];
  }

  /**
   * Decodes levels.
   *
   * @param bytes all of the levels, up to the limit
   * @param count of the values
   * @throws IOException if they are of another number
   */
  static LevelBits read(ByteBuffer bytes, int count) throws IOException {
    LevelBits levels = new LevelBits(count);
    while (levels.filled < count) {
      int header = header(bytes);
      int length = header >>> 1;
      if ((header & 1) == 0) {
        levels.repeat(next(bytes) & 1, Math.min(length, count - levels.filled));
      } else {
        for (int group = 0; group < length && levels.filled < count; group++) {
          levels.pack(next(bytes) & 0xff);
        }
      }
    }
    return levels;
  }

  private static byte next(ByteBuffer bytes) throws IOException {
    if (!bytes.hasRemaining()) {
      throw new IOException("the levels of a page of its values end too early");
    }
    return bytes.get();
  }

  private static int header(ByteBuffer bytes) throws IOException {
    int header = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      byte next = next(bytes);
      header |= (next & 0x7f) << shift;
      if (next >= 0) {
        return header;
      }
    }
    throw new IOException(
        Text.format("a run of levels has a length of more than %d bits", Integer.SIZE));
  }

  /** The next eight levels, of which those behind the last are padding. */
  private void pack(int bits) {
    int at = filled & Long.SIZE - 1;
    words[filled >>> 6] |= (long) bits << at;
    int left = Long.SIZE - at;
    if (left < Byte.SIZE && (filled >>> 6) + 1 < words.length) {
      words[(filled >>> 6) + 1] |= bits >>> left;
    }
    filled = Math.min(count, filled + Byte.SIZE);
    clearPadding();
  }

  /** Nothing is to be set behind the last level. */
  private void clearPadding() {
    if (filled == count && (count & Long.SIZE - 1) != 0) {
      words[words.length - 1] &= -1L >>> (Long.SIZE - (count & Long.SIZE - 1));
    }
  }

  private void repeat(int level, int length) {
    int end = filled + length;
    if (level == 1 && length > 0) {
      int first = filled >>> 6;
      int last = (end - 1) >>> 6;
      long from = -1L << (filled & Long.SIZE - 1);
      long to = -1L >>> (Long.SIZE - 1 - (end - 1 & Long.SIZE - 1));
      if (first == last) {
        words[first] |= from & to;
      } else {
        words[first] |= from;
        Arrays.fill(words, first + 1, last, -1L);
        words[last] |= to;
      }
    }
    filled = end;
  }

  /** The number of levels. */
  int count() {
    return count;
  }

  /** How many of the levels from one on and before another are 1. */
  int ones(int from, int to) {
    if (from >= to) {
      return 0;
    }
    int first = from >>> 6;
    int last = (to - 1) >>> 6;
    long head = -1L << (from & Long.SIZE - 1);
    long tail = -1L >>> (Long.SIZE - 1 - (to - 1 & Long.SIZE - 1));
    if (first == last) {
      return Long.bitCount(words[first] & head & tail);
    }
    int ones = Long.bitCount(words[first] & head) + Long.bitCount(words[last] & tail);
    for (int word = first + 1; word < last; word++) {
      ones += Long.bitCount(words[word]);
    }
    return ones;
  }

  /** The first level from a number on that is 0; the number of levels where none is. */
  int zero(int from) {
    for (int word = from >>> 6; word < words.length; word++) {
      long zeros = ~words[word];
      if (word == from >>> 6) {
        zeros &= -1L << (from & Long.SIZE - 1);
      }
      if (zeros != 0) {
        return Math.min(count, (word << 6) + Long.numberOfTrailingZeros(zeros));
      }
    }
    return count;
  }
}
