package io.nightjar.bank.exact;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.RowRange;
import java.util.Arrays;

/**
 * The rows that can still be among the k nearest of one query, by their approximate keys s (see
 * {@link ExactSearch}): all whose key is at most the k-th smallest so far plus a slack. Where too
 * many are that close, exact distances decide early.
 */
public final class Candidates {
  private static final int ROOM = 64;

  /** Candidates of all queries of one pass: 32 MiB. */
  private static final int MAX_CANDIDATES = 1 << 22;

  private final MemoryBank bank;
  private final float[] queries;
  private final int query;
  private final int k;
  private final double slack;
  private final RowRange excluded;

  // The k smallest keys so far as a heap, the largest of them first.
  private final float[] smallest;
  private float limit = Float.POSITIVE_INFINITY;

  private final int[] rows;
  private final float[] keys;
  private int size;

  /**
   * No candidates yet.
   *
   * @param excluded rows that are skipped when they are offered
   */
  Candidates(MemoryBank bank, float[] queries, int query, int k, double slack, RowRange excluded) {
    this.bank = bank;
    this.queries = queries;
    this.query = query;
    this.k = k;
    this.slack = slack;
    this.excluded = excluded;
    smallest = new float[k];
    Arrays.fill(smallest, Float.POSITIVE_INFINITY);
    int capacity = capacity(k, bank.rows());
    rows = new int[capacity];
    keys = new float[capacity];
  }

  /** Queries whose candidates fit into the memory of one pass, at least 1. */
  public static int queriesAtOnce(int k, int bankRows) {
    return Math.max(1, MAX_CANDIDATES / capacity(k, bankRows));
  }

  private static int capacity(int k, int bankRows) {
    return (int) Math.min(bankRows, 2L * k + ROOM);
  }

  /**
   * Offers the rows of {@code count} positions from {@code first} on, with the inner products that
   * start at {@code offset}. Most blocks contain no candidate, as their smallest key shows.
   */
  void offerBlock(
      float[] halfNorms, int[] rowAt, int first, float[] products, int offset, int count) {
    if (BlockMinimum.of(halfNorms, first, products, offset, count) > limit) {
      return;
    }
    for (int i = 0; i < count; i++) {
      float key = halfNorms[first + i] - products[offset + i];
      if (key <= limit && !excluded.holds(rowAt[first + i])) {
        offer(key, rowAt[first + i]);
      }
    }
  }

  /** The k-th smallest key so far; infinite while fewer than k rows were offered. */
  float kthKey() {
    return smallest[0];
  }

  private void offer(float key, int row) {
    if (size == rows.length) {
      makeRoom();
    }
    rows[size] = row;
    keys[size++] = key;
    if (key < smallest[0]) {
      replaceLargest(key);
      limit = Math.nextUp((float) (smallest[0] + slack));
    }
  }

  private void replaceLargest(float key) {
    int at = 0;
    while (2 * at + 1 < k) {
      int child = 2 * at + 1;
      if (child + 1 < k && smallest[child + 1] > smallest[child]) {
        child++;
      }
      if (smallest[child] <= key) {
        break;
      }
      smallest[at] = smallest[child];
      at = child;
    }
    smallest[at] = key;
  }

  private void makeRoom() {
    dropBeyondLimit();
    if (size > rows.length - ROOM / 2) {
      double[] distances = sortedByDistance();
      size = Math.min(k, distances.length);
    }
  }

  private void dropBeyondLimit() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (keys[i] <= limit) {
        rows[kept] = rows[i];
        keys[kept++] = keys[i];
      }
    }
    size = kept;
  }

  /** Exact squared distances of the candidates, which are sorted accordingly. */
  private double[] sortedByDistance() {
    double[] distances = new double[size];
    for (int i = 0; i < size; i++) {
      distances[i] = bank.squaredDistance(queries, query, rows[i]);
    }
    DistanceOrder.sort(distances, rows, keys, size);
    return distances;
  }

  /** Writes the k nearest rows of all that were offered. */
  void writeNearest(Neighbours found, int at) {
    dropBeyondLimit();
    double[] distances = sortedByDistance();
    System.arraycopy(rows, 0, found.rows(), at * k, k);
    System.arraycopy(distances, 0, found.squaredDistances(), at * k, k);
  }
}
