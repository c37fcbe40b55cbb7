package io.nightjar.metric.count;

/**
 * Finds the coarse bin of a score: a table of 2^16 cells of equal width in keys leads to the few
 * bins that overlap a cell.
 */
public final class BinLookup {
  private static final int CELL_BITS = 16;

  private final int[] edges;
  private final int lowest;
  private final int highest;
  private final int shift;

  /** The bin in which each cell starts. */
  private final char[] firstBin = new char[(1 << CELL_BITS) + 1];

  /** A lookup among bins that start at these edges, the first of which is below all scores. */
  public BinLookup(int[] edges) {
    this.edges = edges;
    highest = edges[edges.length - 1];
    lowest = edges.length > 1 ? edges[1] : highest;
    int span = highest - lowest;
    shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(span) - CELL_BITS);
    int bin = 0;
    for (int cell = 0; cell < firstBin.length; cell++) {
      long start = lowest + ((long) cell << shift);
      while (bin + 1 < edges.length && edges[bin + 1] <= start) {
        bin++;
      }
      firstBin[cell] = (char) bin;
    }
  }

  /** Adds one to the count of the bin of each of the first so many scores, all finite. */
  public void count(float[] scores, int number, int[] counts) {
    for (int i = 0; i < number; i++) {
      counts[bin(scores[i])]++;
    }
  }

  /** The index of the bin that contains a finite score. */
  public int bin(float score) {
    int edge = ScoreBits.key(score) ^ Integer.MIN_VALUE;
    if (edge < lowest) {
      return 0;
    }
    if (edge >= highest) {
      return edges.length - 1;
    }
    int cell = (edge - lowest) >>> shift;
    int low = firstBin[cell];
    int high = firstBin[cell + 1];
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (edges[middle] <= edge) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
