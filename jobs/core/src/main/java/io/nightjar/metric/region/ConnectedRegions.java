package io.nightjar.metric.region;

import io.nightjar.dataset.Mask;
import java.util.Arrays;

/**
 * The 8-connected regions of a mask, numbered from 0 in the order in which their first pixels
 * appear, row by row. Stored as runs of pixels, so that the cost of a mask is that of its outline.
 */
public final class ConnectedRegions {

  /** Takes the runs of a row from left to right. */
  @FunctionalInterface
  public interface RunVisitor {
    /** Takes the pixels {@code from <= x < to}, which belong to one region. */
    void run(int region, int from, int to);
  }

  private final int[] firstRunOfRow;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] regions = new int[64];
  private int runs;
  private long[] sizes = new long[0];

  private ConnectedRegions(int height) {
    firstRunOfRow = new int[height + 1];
  }

  /** Finds the regions of a mask. */
  public static ConnectedRegions of(Mask mask) {
    ConnectedRegions found = new ConnectedRegions(mask.height());
    if (mask.positives() > 0) {
      boolean[] row = new boolean[mask.width()];
      for (int y = 0; y < mask.height(); y++) {
        found.firstRunOfRow[y] = found.runs;
        if (mask.marksAny(y)) {
          mask.row(y, row);
          found.addRuns(row);
        }
        if (y > 0) {
          found.joinWithRowAbove(y);
        }
      }
      found.firstRunOfRow[mask.height()] = found.runs;
      found.number();
    }
    return found;
  }

  private void addRuns(boolean[] row) {
    int x = 0;
    while (x < row.length) {
      if (!row[x]) {
        x++;
      } else {
        int start = x;
        while (x < row.length && row[x]) {
          x++;
        }
        addRun(start, x);
      }
    }
  }

  private void addRun(int start, int end) {
    if (runs == starts.length) {
      starts = Arrays.copyOf(starts, 2 * runs);
      ends = Arrays.copyOf(ends, 2 * runs);
      regions = Arrays.copyOf(regions, 2 * runs);
    }
    starts[runs] = start;
    ends[runs] = end;
    regions[runs] = runs;
    runs++;
  }

  /** Two runs touch, possibly only at a corner, where neither ends before the other starts. */
  private void joinWithRowAbove(int y) {
    int above = firstRunOfRow[y - 1];
    int aboveEnd = firstRunOfRow[y];
    for (int run = aboveEnd; run < runs; run++) {
      while (above < aboveEnd && ends[above] < starts[run]) {
        above++;
      }
      for (int other = above; other < aboveEnd && starts[other] <= ends[run]; other++) {
        union(other, run);
      }
    }
  }

  /** The earliest run of a set represents it. */
  private void union(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    regions[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int run) {
    int root = run;
    while (regions[root] != root) {
      regions[root] = regions[regions[root]];
      root = regions[root];
    }
    return root;
  }

  private void number() {
    for (int run = 0; run < runs; run++) {
      regions[run] = root(run);
    }
    sizes = new long[runs];
    int count = 0;
    for (int run = 0; run < runs; run++) {
      // A root precedes all others of its set, so it is already numbered.
      regions[run] = regions[run] == run ? count++ : regions[regions[run]];
      sizes[regions[run]] += ends[run] - starts[run];
    }
    sizes = Arrays.copyOf(sizes, count);
  }

  /** How many regions there are. */
  public int count() {
    return sizes.length;
  }

  /** The number of pixels of a region. */
  public long size(int region) {
    return sizes[region];
  }

  /** Passes the runs of a row to the visitor, from left to right. */
  public void runsOfRow(int y, RunVisitor visitor) {
    for (int run = firstRunOfRow[y]; run < firstRunOfRow[y + 1]; run++) {
      visitor.run(regions[run], starts[run], ends[run]);
    }
  }
}
