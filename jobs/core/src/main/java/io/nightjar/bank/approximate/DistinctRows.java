package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import java.util.Arrays;

/**
 * The rows of a bank with equal ones put together. Images without texture, and parts photographed
 * against one background, fill banks with equal rows; in a graph these have edges to one another
 * alone, and nothing beyond them is found.
 */
final class DistinctRows {
  private final int[] rows;
  private final int[] starts;

  /**
   * @param rows all row numbers, equal rows one after another in ascending order
   * @param starts where each distinct row begins among them, and their number at the end
   */
  private DistinctRows(int[] rows, int[] starts) {
    this.rows = rows;
    this.starts = starts;
  }

  /** Those of a bank, in the order in which each first occurs. */
  static DistinctRows of(MemoryBank bank) {
    int[] first = firstEqual(bank);
    int[] sizes = new int[bank.rows() + 1];
    int distinct = 0;
    int[] node = new int[bank.rows()];
    for (int row = 0; row < bank.rows(); row++) {
      node[row] = first[row] == row ? distinct++ : node[first[row]];
      sizes[node[row]]++;
    }
    int[] starts = new int[distinct + 1];
    for (int i = 0; i < distinct; i++) {
      starts[i + 1] = starts[i] + sizes[i];
    }
    int[] next = Arrays.copyOf(starts, distinct);
    int[] rows = new int[bank.rows()];
    for (int row = 0; row < bank.rows(); row++) {
      rows[next[node[row]]++] = row;
    }
    return new DistinctRows(rows, starts);
  }

  /** For each row the lowest one that equals it, found among rows of the same hash. */
  private static int[] firstEqual(MemoryBank bank) {
    float[] one = new float[bank.dimension()];
    long[] byHash = new long[bank.rows()];
    for (int row = 0; row < byHash.length; row++) {
      bank.copyRow(row, one, 0);
      byHash[row] = (long) hash(one) << Integer.SIZE | row;
    }
    Arrays.sort(byHash);
    int[] first = new int[byHash.length];
    float[] other = new float[bank.dimension()];
    int from = 0; // of the rows with this hash
    for (int i = 0; i < byHash.length; i++) {
      if (byHash[i] >> Integer.SIZE != byHash[from] >> Integer.SIZE) {
        from = i;
      }
      int row = (int) byHash[i];
      first[row] = row;
      bank.copyRow(row, one, 0);
      for (int j = from; j < i; j++) {
        int candidate = (int) byHash[j];
        if (first[candidate] == candidate) {
          bank.copyRow(candidate, other, 0);
          if (areEqual(one, other)) {
            first[row] = candidate;
            break;
          }
        }
      }
    }
    return first;
  }

  /** Equal for 0 and -0, as the distances are. */
  private static int hash(float[] row) {
    int hash = 1;
    for (float value : row) {
      hash = 31 * hash + Float.floatToIntBits(value + 0f);
    }
    return hash;
  }

  private static boolean areEqual(float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      if (one[i] != other[i]) {
        return false;
      }
    }
    return true;
  }

  /** How many there are. */
  int count() {
    return starts.length - 1;
  }

  /** The lowest of the equal rows. */
  int first(int distinct) {
    return rows[starts[distinct]];
  }

  /** How many rows are equal to it, itself included. */
  int size(int distinct) {
    return starts[distinct + 1] - starts[distinct];
  }

  /** One of the equal rows, in ascending order. */
  int row(int distinct, int index) {
    return rows[starts[distinct] + index];
  }
}
