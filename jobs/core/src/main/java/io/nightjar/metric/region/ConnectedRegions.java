package io.nightjar.metric.region;

import io.nightjar.dataset.Mask;
import java.util.Arrays;

/**
 * The 8-connected regions of a mask, or of pixels further apart, numbered from 0 in the order in
 * which their first pixels appear, row by row. Stored as runs of pixels, so that the cost of a mask
 * is that of its outline.
 */
public final class ConnectedRegions {

  /** Takes the runs of a row from left to right. */
  @FunctionalInterface
  public interface RunVisitor {
    /** Takes the pixels {@code from <= x < to}, which belong to one region. */
    void run(int region, int from, int to);
  }

  private final int[] firstRunOfRow;
  private final int reach;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] regions = new int[64];
  private int runs;
  private long[] sizes = new long[0];

  private ConnectedRegions(int height, int reach) {
    firstRunOfRow = new int[height + 1];
    this.reach = reach;
  }

  /** Finds the regions of a mask. */
  public static ConnectedRegions of(Mask mask) {
    ConnectedRegions found = new ConnectedRegions(mask.height(), 1);
    if (mask.positives() > 0) {
      boolean[] row = new boolean[mask.width()];
      for (int y = 0; y < mask.height(); y++) {
        found.firstRunOfRow[y] = found.runs;
        if (mask.marksAny(y)) {
          mask.row(y, row);
          found.addRow(y, row);
        }
      }
      found.firstRunOfRow[mask.height()] = found.runs;
      found.number();
    }
    return found;
  }

  /** Finds the regions of pixels that come row by row. */
  public static final class Builder {
    private final ConnectedRegions found;
    private int rows;

    /**
     * Begins with no row.
     *
     * @param height the number of rows
     * @param reach pixels at most so far apart belong together, along the longer side of the way
     *     between them: 1 joins those that touch, at a corner too; at least 1
     */
    public Builder(int height, int reach) {
      found = new ConnectedRegions(height, reach);
    }

    /**
     * Takes the next row.
     *
     * @param row whether each pixel belongs to a region
     */
    public void add(boolean[] row) {
      found.firstRunOfRow[rows] = found.runs;
      found.addRow(rows, row);
      rows++;
    }

    /**
     * The regions of all rows.
     *
     * @throws IllegalStateException if rows are missing
     */
    public ConnectedRegions build() {
      if (rows != found.firstRunOfRow.length - 1) {
        throw new IllegalStateException(
            "Regions of " + rows + " rows of " + (found.firstRunOfRow.length - 1));
      }
      found.firstRunOfRow[rows] = found.runs;
      found.number();
      return found;
    }
  }

  private void addRow(int y, boolean[] row) {
    int first = runs;
    addRuns(row);
    for (int run = first + 1; run < runs; run++) {
      if (starts[run] - ends[run - 1] < reach) {
        union(run - 1, run);
      }
    }
    for (int above = Math.max(0, y - reach); above < y; above++) {
      joinWithRow(above, first);
    }
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

  /** Joins the runs from {@code first} on with those within reach in a row above. */
  private void joinWithRow(int y, int first) {
    int above = firstRunOfRow[y];
    int aboveEnd = firstRunOfRow[y + 1];
    for (int run = first; run < runs; run++) {
      while (above < aboveEnd && ends[above] + reach <= starts[run]) {
        above++;
      }
      for (int other = above; other < aboveEnd && starts[other] < ends[run] + reach; other++) {
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
