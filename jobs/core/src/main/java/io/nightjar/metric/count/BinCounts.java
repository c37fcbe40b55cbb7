package io.nightjar.metric.count;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of positives and negatives by score, in bins of scores whose keys ({@link ScoreBits})
 * agree except for the lowest {@code shift} bits.
 *
 * <p>The shift starts at 0, where a bin is one float value, and grows by one, so that neighbouring
 * bins become one, whenever more than {@link #maxPages} pages of {@link #PAGE_BINS} bins would be
 * in use. It is therefore the smallest shift at which the scores seen so far fit: a property of the
 * set of scores alone, whatever their order and however they were split before merging. Equal sets
 * give equal bins, bit for bit.
 */
public final class BinCounts {
  /** Bits of a bin's index within its page. */
  public static final int PAGE_BITS = 10;

  /** Bins of a page. */
  public static final int PAGE_BINS = 1 << PAGE_BITS;

  /**
   * 1,280 pages of 8 KiB are 10 MiB; with the table that finds them (at most 1.4 MiB, or 2.7 with
   * 64-bit references) a histogram stays below 13 MiB. At least 2^10 pages are needed for the shift
   * to stay at or below 12, so that no bin extends from the finite scores to infinity.
   */
  public static final int MAX_PAGES = 1280;

  /**
   * Enough for scores of 256 values, each in a page of its own. Scores of many values soon leave
   * these shifts, so that little time is spent on merging bins before.
   */
  private static final int MAX_FINE_PAGES = 256;

  private static final int FINE_SHIFTS = 5;

  private static final int BIN_MASK = PAGE_BINS - 1;

  /** Counts from this one on overflow a page entry; the multiples are kept in {@link #carried}. */
  private static final long ENTRY_RANGE = 1L << 31;

  private int shift;
  private PageTable pages;

  /** Multiples of 2^31 by which page entries overflowed, keyed by entry. */
  private TreeMap<Long, Long> carried = new TreeMap<>();

  /** Counts nothing yet, in bins of one float value each. */
  public BinCounts() {
    this(0);
  }

  /** Counts nothing yet, in bins of {@code 2^shift} float values. */
  public BinCounts(int shift) {
    this.shift = shift;
    pages = newPages(shift);
  }

  private BinCounts(ArrayDeque<int[]> spare) {
    pages = new PageTable(Integer.SIZE - PAGE_BITS, BinPage.LENGTH, spare);
  }

  private static PageTable newPages(int shift) {
    return new PageTable(Integer.SIZE - PAGE_BITS - shift, BinPage.LENGTH);
  }

  /**
   * Gives up all counts; what is returned counts nothing yet, in memory that was used by these.
   * They must not be used any more.
   */
  public BinCounts recycled() {
    ArrayDeque<int[]> spare = pages.recycled();
    for (int index : pages.indexes()) {
      int[] page = pages.remove(index);
      BinPage.clear(page);
      spare.push(page);
    }
    return new BinCounts(spare);
  }

  /** The most pages in use at a shift. */
  public static int maxPages(int shift) {
    return shift < FINE_SHIFTS ? MAX_FINE_PAGES : MAX_PAGES;
  }

  /** The number of low bits of a key that bins ignore. */
  public int shift() {
    return shift;
  }

  /** Whether each bin holds a single float value. */
  public boolean isExact() {
    return shift == 0;
  }

  /** Counts the first {@code n} scores, all finite. */
  public void addRow(float[] scores, boolean[] positive, int n) {
    for (int i = 0; i < n; i++) {
      int key = ScoreBits.key(scores[i]);
      int[] page = pages.get(key >>> shift >>> PAGE_BITS);
      if (page == null) {
        page = open(key);
      }
      int bin = key >>> shift;
      BinPage.mark(page, bin);
      int at = BinPage.at(bin, positive[i] ? 1 : 0);
      int count = page[at] + 1;
      page[at] = count;
      if (count < 0) {
        carry(page, at, bin >>> PAGE_BITS);
      }
    }
  }

  private void carry(int[] page, int at, int index) {
    page[at] &= Integer.MAX_VALUE;
    carried.merge(entry(index, at), ENTRY_RANGE, Long::sum);
  }

  private static long entry(int index, int at) {
    return (long) index << (PAGE_BITS + 1) | at;
  }

  /** The page of a key, after coarsening as far as a new page requires. */
  private int[] open(int key) {
    int[] page = pages.get(key >>> shift >>> PAGE_BITS);
    while (page == null) {
      if (pages.count() < maxPages(shift)) {
        page = pages.getOrAllocate(key >>> shift >>> PAGE_BITS);
      } else {
        coarsen();
        page = pages.get(key >>> shift >>> PAGE_BITS);
      }
    }
    return page;
  }

  private void coarsen() {
    PageTable fine = pages;
    TreeMap<Long, Long> fineCarried = carried;
    shift++;
    pages = new PageTable(Integer.SIZE - PAGE_BITS - shift, BinPage.LENGTH, fine.recycled());
    carried = new TreeMap<>();
    for (int index : fine.indexes()) {
      int[] from = fine.remove(index);
      int[] into = pages.getOrAllocate(index >>> 1);
      carryAll(BinPage.joinPairs(from, into, index & 1), into, index >>> 1);
      BinPage.clear(from);
      pages.recycle(from);
    }
    fineCarried.forEach((entry, amount) -> carryOver(entry, shift - 1, amount));
  }

  /** Makes the bins wider; does nothing where they are wide enough. */
  public void coarsenTo(int newShift) {
    while (shift < newShift) {
      coarsen();
    }
    // A caller that asks for wider bins wants fewer pages.
    pages.dropRecycled();
  }

  /** Adds the counts of the other, which is left unchanged. */
  public void merge(BinCounts other) {
    coarsenTo(other.shift);
    for (int index : other.pages.indexes()) {
      int[] into = open(index << PAGE_BITS << other.shift);
      addPage(other.pages.get(index), index, shift - other.shift, into);
    }
    other.carried.forEach((entry, amount) -> carryOver(entry, other.shift, amount));
  }

  /**
   * Adds a page to the one that contains its bins.
   *
   * @param index of the page among those of its own shift
   * @param by how much larger the current shift is
   */
  private void addPage(int[] from, int index, int by, int[] into) {
    if (by == 0) {
      carryAll(BinPage.add(from, into), into, index);
      return;
    }
    int firstBin = index << PAGE_BITS;
    int intoIndex = firstBin >>> by >>> PAGE_BITS;
    BinPage.ascending(
        from,
        first -> {
          for (int within = first; within <= BinPage.last(first); within++) {
            int bin = (firstBin | within) >>> by;
            BinPage.mark(into, bin);
            add(from[BinPage.at(within, 0)], into, BinPage.at(bin, 0), intoIndex);
            add(from[BinPage.at(within, 1)], into, BinPage.at(bin, 1), intoIndex);
          }
        });
  }

  private void add(int count, int[] into, int at, int index) {
    into[at] += count;
    if (into[at] < 0) {
      carry(into, at, index);
    }
  }

  /**
   * Sums of two counts stay below 2^32, so that overflow can be handled for the whole page at once.
   */
  private void carryAll(int signs, int[] page, int index) {
    for (int at = 0; signs < 0 && at < 2 * PAGE_BINS; at++) {
      if (page[at] < 0) {
        carry(page, at, index);
      }
    }
  }

  /** Adds the overflow of another shift, at most the current one. */
  private void carryOver(long entry, int otherShift, long amount) {
    int index = (int) (entry >>> (PAGE_BITS + 1));
    int otherAt = (int) entry & (2 * PAGE_BINS - 1);
    int key = (index << PAGE_BITS | (otherAt & BIN_MASK)) << otherShift;
    int[] page = open(key); // may widen the bins
    int bin = key >>> shift;
    BinPage.mark(page, bin);
    int at = BinPage.at(bin, otherAt >>> PAGE_BITS);
    carried.merge(entry(bin >>> PAGE_BITS, at), amount, Long::sum);
  }

  /** Takes the filled bins one after another. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one bin.
     *
     * @param lowest the lowest score that falls into the bin
     */
    void bin(float lowest, long positives, long negatives);
  }

  /** Visits the filled bins from the highest scores down. */
  public void descending(Visitor visitor) {
    int[] indexes = pages.indexes();
    boolean complete = carried.isEmpty();
    for (int i = indexes.length - 1; i >= 0; i--) {
      int index = indexes[i];
      int[] page = pages.get(index);
      BinPage.descending(
          page,
          first -> {
            for (int within = BinPage.last(first); within >= first; within--) {
              if (complete && (page[BinPage.at(within, 0)] | page[BinPage.at(within, 1)]) == 0) {
                continue;
              }
              long negatives = count(index, page, BinPage.at(within, 0));
              long positives = count(index, page, BinPage.at(within, 1));
              if (positives + negatives > 0) {
                int bin = index << PAGE_BITS | within;
                visitor.bin(ScoreBits.lowest(bin << shift), positives, negatives);
              }
            }
          });
    }
  }

  private long count(int index, int[] page, int at) {
    return carried.isEmpty() ? page[at] : page[at] + carried.getOrDefault(entry(index, at), 0L);
  }

  /** The indexes of the pages in use, ascending. */
  public int[] pageIndexes() {
    return pages.indexes();
  }

  /**
   * The entries of a page: the negatives of its bins, then the positives, then {@link BinPage}'s.
   */
  int[] page(int index) {
    return pages.getOrAllocate(index);
  }

  Map<Long, Long> carried() {
    return Collections.unmodifiableMap(carried);
  }

  /** Sets what overflowed from an entry of a page, as {@link #carried} gave it. */
  void carried(long entry, long amount) {
    carryOver(entry, shift, amount);
  }

  @Override
  public boolean equals(Object object) {
    if (!(object instanceof BinCounts other)) {
      return false;
    }
    int[] indexes = pages.indexes();
    if (shift != other.shift
        || !carried.equals(other.carried)
        || !Arrays.equals(indexes, other.pages.indexes())) {
      return false;
    }
    for (int index : indexes) {
      if (!Arrays.equals(pages.get(index), other.pages.get(index))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 31 * shift + carried.hashCode();
    for (int index : pages.indexes()) {
      hash = 31 * (31 * hash + index) + Arrays.hashCode(pages.get(index));
    }
    return hash;
  }
}
