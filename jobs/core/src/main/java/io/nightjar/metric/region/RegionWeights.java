package io.nightjar.metric.region;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.BinCountsCodec;
import io.nightjar.metric.count.ScoreBits;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each score contributes to the overlap with the ground truth's regions: every region weighs
 * {@link #UNIT}, distributed over its pixels in integers that sum to it exactly. Bins as in {@link
 * BinCounts}, at the smallest shift at which {@link #MAX_PAGES} pages suffice.
 *
 * <p>A pixel weighs UNIT / n rounded down, and the first pixels of a region of n one more, so that
 * the overlap of a region at any threshold is exact to n / (4 UNIT): 2.4e-7 for a million pixels.
 */
public final class RegionWeights {
  /** The weight of a region. */
  public static final long UNIT = 1L << 40;

  /** This number of regions weighs less than 2^62 in total. */
  public static final long MAX_REGIONS = (1L << 22) - 1;

  /** 128 pages of 8 KiB are 1 MiB. */
  public static final int MAX_PAGES = 128;

  private static final int BIN_MASK = BinCounts.PAGE_BINS - 1;

  private int shift;
  private TreeMap<Integer, long[]> pages = new TreeMap<>();
  private int lastIndex = -1;
  private long[] lastPage;

  /** The number of low bits of a key that bins ignore. */
  public int shift() {
    return shift;
  }

  /** Adds weight to the bin of a score. */
  void add(float score, long weight) {
    add(ScoreBits.key(score), weight);
  }

  /** Adds weight to the bin of a key. */
  public void add(int key, long weight) {
    int index = key >>> shift >>> BinCounts.PAGE_BITS;
    if (index != lastIndex) {
      index = open(key);
    }
    lastPage[key >>> shift & BIN_MASK] += weight;
  }

  private int open(int key) {
    int index = key >>> shift >>> BinCounts.PAGE_BITS;
    while (!pages.containsKey(index)) {
      if (pages.size() < MAX_PAGES) {
        pages.put(index, new long[BinCounts.PAGE_BINS]);
      } else {
        coarsenTo(shift + 1);
        index = key >>> shift >>> BinCounts.PAGE_BITS;
      }
    }
    lastIndex = index;
    lastPage = pages.get(index);
    return index;
  }

  /** Makes the bins wider; does nothing where they are wide enough. */
  public void coarsenTo(int newShift) {
    if (newShift <= shift) {
      return;
    }
    TreeMap<Integer, long[]> fine = pages;
    int by = newShift - shift;
    pages = new TreeMap<>();
    shift = newShift;
    lastIndex = -1;
    fine.forEach(
        (index, page) -> {
          for (int within = 0; within < page.length; within++) {
            if (page[within] != 0) {
              int bin = (index << BinCounts.PAGE_BITS | within) >>> by;
              pages
                      .computeIfAbsent(
                          bin >>> BinCounts.PAGE_BITS, absent -> new long[BinCounts.PAGE_BINS])[
                      bin & BIN_MASK] +=
                  page[within];
            }
          }
        });
  }

  /** Adds the weights of the other, which is left unchanged. */
  public void merge(RegionWeights other) {
    coarsenTo(other.shift);
    other.pages.forEach(
        (index, page) -> {
          for (int within = 0; within < page.length; within++) {
            if (page[within] != 0) {
              add((index << BinCounts.PAGE_BITS | within) << other.shift, page[within]);
            }
          }
        });
  }

  RegionWeights copy() {
    RegionWeights copy = new RegionWeights();
    copy.merge(this);
    return copy;
  }

  /** The weight in the bin of a key. */
  long at(int key) {
    long[] page = pages.get(key >>> shift >>> BinCounts.PAGE_BITS);
    return page == null ? 0 : page[key >>> shift & BIN_MASK];
  }

  /** The indexes of the pages in use, ascending. */
  public int[] pageIndexes() {
    return pages.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Writes the weights in a compact form. */
  public void write(DataOutput out) throws IOException {
    BinCountsCodec.writeVarint(out, shift);
    BinCountsCodec.writeVarint(out, pages.size());
    for (Map.Entry<Integer, long[]> page : pages.entrySet()) {
      BinCountsCodec.writeVarint(out, page.getKey());
      BinCountsCodec.writeRuns(page.getValue(), out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RegionWeights read(DataInput in) throws IOException {
    RegionWeights weights = new RegionWeights();
    weights.shift = (int) BinCountsCodec.readVarint(in);
    int count = (int) BinCountsCodec.readVarint(in);
    for (int i = 0; i < count; i++) {
      int index = (int) BinCountsCodec.readVarint(in);
      weights.pages.put(index, BinCountsCodec.readRuns(in, BinCounts.PAGE_BINS));
    }
    return weights;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RegionWeights other
        && shift == other.shift
        && Arrays.equals(pageIndexes(), other.pageIndexes())
        && pages.entrySet().stream()
            .allMatch(page -> Arrays.equals(page.getValue(), other.pages.get(page.getKey())));
  }

  @Override
  public int hashCode() {
    int hash = shift;
    for (Map.Entry<Integer, long[]> page : pages.entrySet()) {
      hash = 31 * (31 * hash + page.getKey()) + Arrays.hashCode(page.getValue());
    }
    return hash;
  }
}
