package io.nightjar.metric.sample;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts of pixels in those of many bins that hold any.
 *
 * @param bins their indexes, ascending, from 0 for the lowest scores
 * @param counts of each, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content
public record SparseCounts(int[] bins, int[] counts) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No counts. */
  public static final SparseCounts NONE = new SparseCounts(new int[0], new int[0]);

  /** The counts that are not 0. */
  public static SparseCounts of(int[] dense) {
    int filled = 0;
    for (int count : dense) {
      filled += count != 0 ? 1 : 0;
    }
    int[] bins = new int[filled];
    int[] counts = new int[filled];
    int at = 0;
    for (int bin = 0; bin < dense.length; bin++) {
      if (dense[bin] != 0) {
        bins[at] = bin;
        counts[at++] = dense[bin];
      }
    }
    return new SparseCounts(bins, counts);
  }

  /**
   * The counts of pixels.
   *
   * @param bins of the pixels, ascending
   */
  public static SparseCounts ofSorted(int[] bins) {
    int[] filled = new int[bins.length];
    int[] counts = new int[bins.length];
    int last = -1;
    for (int i = 0; i < bins.length; i++) {
      if (i == 0 || bins[i] != filled[last]) {
        filled[++last] = bins[i];
      }
      counts[last]++;
    }
    return new SparseCounts(Arrays.copyOf(filled, last + 1), Arrays.copyOf(counts, last + 1));
  }

  /** The number of pixels. */
  public long total() {
    return Arrays.stream(counts).asLongStream().sum();
  }

  /** Adds the counts, each times a factor, to bins. */
  void addTo(double[] dense, double factor) {
    for (int i = 0; i < bins.length; i++) {
      dense[bins[i]] += factor * counts[i];
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof SparseCounts other
        && Arrays.equals(bins, other.bins)
        && Arrays.equals(counts, other.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bins) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(bins) + ": " + Arrays.toString(counts);
  }
}
