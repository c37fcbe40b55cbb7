package io.nightjar.bank.kmeans;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.RowRange;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An order of a bank's rows that keeps neighbours together: groups of about {@value #SIZE} rows,
 * from k-means on two levels, so that the cost grows with {@code rows * sqrt(rows)}.
 *
 * <p>Groups affect only how much of the bank a search probes, never what it finds. The same bank
 * gives the same groups.
 */
public final class RowGroups {
  /** Smaller groups leave fewer rows to probe, but more centres to compare with. */
  public static final int SIZE = 128;

  private static final int SAMPLES_PER_CENTRE = 32;
  private static final int ROUNDS = 2;
  private static final int ROWS_AT_ONCE = 1024;

  private final int[] rowAt;
  private final int[] starts;

  private RowGroups(int[] rowAt, int[] starts) {
    this.rowAt = rowAt;
    this.starts = starts;
  }

  /** All rows in one group, in their own order. */
  public static RowGroups single(int rows) {
    return new RowGroups(natural(rows), new int[] {0, rows});
  }

  /**
   * The given groups, which may be empty, each with its rows in ascending order.
   *
   * @param groupOfRow the number of each row's group, below {@code count}
   */
  public static RowGroups of(int[] groupOfRow, int count) {
    int[] starts = new int[count + 1];
    for (int group : groupOfRow) {
      starts[group + 1]++;
    }
    for (int group = 0; group < count; group++) {
      starts[group + 1] += starts[group];
    }
    int[] next = starts.clone();
    int[] rowAt = new int[groupOfRow.length];
    for (int row = 0; row < groupOfRow.length; row++) {
      rowAt[next[groupOfRow[row]]++] = row;
    }
    return new RowGroups(rowAt, starts);
  }

  /** Groups of neighbouring rows, about {@code size} in each. */
  public static RowGroups ofNeighbours(MemoryBank bank, Centre centre, int size) {
    RowGroups groups = new RowGroups(natural(bank.rows()), new int[] {0, bank.rows()});
    SplittableRandom random = new SplittableRandom(bank.rows());
    int first = (int) Math.round(Math.sqrt((double) bank.rows() / size));
    groups = groups.divided(bank, centre, random, rows -> first);
    return groups.divided(bank, centre, random, rows -> (int) Math.round((double) rows / size));
  }

  private interface Parts {
    int of(int rows);
  }

  private static int[] natural(int rows) {
    int[] order = new int[rows];
    for (int row = 0; row < rows; row++) {
      order[row] = row;
    }
    return order;
  }

  private RowGroups divided(MemoryBank bank, Centre centre, SplittableRandom random, Parts parts) {
    int[] order = new int[rowAt.length];
    List<Integer> bounds = new ArrayList<>();
    for (int group = 0; group < count(); group++) {
      int from = starts[group];
      int size = starts[group + 1] - from;
      int k = Math.max(1, parts.of(size));
      int[] nearest = new int[size];
      if (k > 1) {
        KMeans centres =
            KMeans.learn(sample(bank, centre, random, from, size, k), bank.dimension(), k, ROUNDS);
        assign(bank, centre, from, size, centres, nearest);
      }
      int[] ends = new int[k + 1];
      for (int part : nearest) {
        ends[part + 1]++;
      }
      for (int part = 0; part < k; part++) {
        if (ends[part + 1] > 0) {
          bounds.add(from + ends[part]);
        }
        ends[part + 1] += ends[part];
      }
      for (int i = 0; i < size; i++) {
        order[from + ends[nearest[i]]++] = rowAt[from + i];
      }
    }
    bounds.add(rowAt.length);
    return new RowGroups(order, bounds.stream().mapToInt(Integer::intValue).toArray());
  }

  private float[] sample(
      MemoryBank bank, Centre centre, SplittableRandom random, int from, int size, int k) {
    int[] chosen = new int[Math.min(size, k * SAMPLES_PER_CENTRE)];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = rowAt[from + random.nextInt(size)];
    }
    return centre.centred(bank, chosen, 0, chosen.length);
  }

  private void assign(
      MemoryBank bank, Centre centre, int from, int size, KMeans centres, int[] nearest) {
    for (int done = 0; done < size; done += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, size - done);
      centres.assign(centre.centred(bank, rowAt, from + done, count), count, nearest, done);
    }
  }

  /** The number of groups. */
  public int count() {
    return starts.length - 1;
  }

  /** The first position of a group; that of the group after the last is the number of rows. */
  public int start(int group) {
    return starts[group];
  }

  /** The number of a group's rows. */
  public int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The number of each group's rows outside a range. */
  public int[] sizesWithout(RowRange range) {
    int[] sizes = new int[count()];
    for (int group = 0; group < sizes.length; group++) {
      sizes[group] = size(group);
      for (int at = starts[group]; range.size() > 0 && at < starts[group + 1]; at++) {
        if (range.holds(rowAt[at])) {
          sizes[group]--;
        }
      }
    }
    return sizes;
  }

  /** The row at each position. */
  public int[] rowAt() {
    return rowAt;
  }
}
