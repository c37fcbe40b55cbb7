package io.nightjar.metric.count;

import java.util.Arrays;

/**
 * What can be done with one page of {@link BinCounts}: the negatives of its bins come first, then
 * the positives, then one bit for every block of 16 bins in which something was counted. The counts
 * of an image of few pixels leave most blocks empty, and these are never visited.
 */
final class BinPage {
  private static final int BLOCK_BITS = 4;
  private static final int BLOCK_BINS = 1 << BLOCK_BITS;

  /** Where the bits of the blocks begin, 32 in an entry. */
  private static final int MARKS = 2 * BinCounts.PAGE_BINS;

  private static final int MARK_ENTRIES = BinCounts.PAGE_BINS / BLOCK_BINS / Integer.SIZE;

  /** The entries of a page. */
  static final int LENGTH = MARKS + MARK_ENTRIES;

  private BinPage() {}

  /** The entry of a label's count; {@code bin} may have the page's index in its upper bits. */
  static int at(int bin, int label) {
    return label << BinCounts.PAGE_BITS | (bin & (BinCounts.PAGE_BINS - 1));
  }

  /** Notes that something is counted in the bin of an entry or of a number. */
  static void mark(int[] page, int bin) {
    int block = (bin & (BinCounts.PAGE_BINS - 1)) >>> BLOCK_BITS;
    page[MARKS + (block >>> 5)] |= 1 << block;
  }

  /** Which of 32 blocks have counts: bit b for block {@code 32 part + b}. */
  private static int marks(int[] page, int part) {
    return page[MARKS + part];
  }

  /** Takes a block's first bin within the page. */
  @FunctionalInterface
  interface Block {
    void first(int bin);
  }

  /** Visits the blocks that have counts, from the lowest bins up. */
  static void ascending(int[] page, Block visitor) {
    for (int part = 0; part < MARK_ENTRIES; part++) {
      for (int left = marks(page, part); left != 0; left &= left - 1) {
        visitor.first((part << 5 | Integer.numberOfTrailingZeros(left)) << BLOCK_BITS);
      }
    }
  }

  /** Visits the blocks that have counts, from the highest bins down. */
  static void descending(int[] page, Block visitor) {
    for (int part = MARK_ENTRIES - 1; part >= 0; part--) {
      for (int left = marks(page, part); left != 0; left &= ~Integer.highestOneBit(left)) {
        visitor.first((part << 5 | 31 - Integer.numberOfLeadingZeros(left)) << BLOCK_BITS);
      }
    }
  }

  /** The last bin of the block that begins with this one. */
  static int last(int first) {
    return first + BLOCK_BINS - 1;
  }

  /** Sets a page that is no longer needed to zero. */
  static void clear(int[] page) {
    ascending(
        page,
        first -> {
          Arrays.fill(page, first, first + BLOCK_BINS, 0);
          int positives = at(first, 1);
          Arrays.fill(page, positives, positives + BLOCK_BINS, 0);
        });
    Arrays.fill(page, MARKS, LENGTH, 0);
  }

  /**
   * Adds pairs of bins to one half of a page, which is still zero there.
   *
   * @param half 0 for the lower bins, 1 for the upper ones
   * @return the counts or-ed, below 0 where one has overflowed
   */
  static int joinPairs(int[] from, int[] into, int half) {
    int base = half << (BinCounts.PAGE_BITS - 1);
    int[] signs = new int[1];
    ascending(
        from,
        first -> {
          mark(into, base + first / 2);
          for (int label = 0; label < 2; label++) {
            int pair = at(first, label);
            int at = at(base + first / 2, label);
            for (int end = at + BLOCK_BINS / 2; at < end; at++, pair += 2) {
              into[at] = from[pair] + from[pair + 1];
              signs[0] |= into[at];
            }
          }
        });
    return signs[0];
  }

  /**
   * Adds the counts of a page to those of another with the same bins.
   *
   * @return the sums or-ed, below 0 where one has overflowed
   */
  static int add(int[] from, int[] into) {
    int[] signs = new int[1];
    ascending(
        from,
        first -> {
          mark(into, first);
          for (int label = 0; label < 2; label++) {
            int at = at(first, label);
            for (int end = at + BLOCK_BINS; at < end; at++) {
              into[at] += from[at];
              signs[0] |= into[at];
            }
          }
        });
    return signs[0];
  }

  /** Marks the blocks of all counts, where these were set by themselves. */
  static void markAll(int[] page) {
    for (int at = 0; at < MARKS; at++) {
      if (page[at] != 0) {
        mark(page, at);
      }
    }
  }
}
