package io.nightjar.bank.search;

import java.util.Arrays;

/**
 * The k nearest of the rows offered for one query, by distances in float64; of equally near rows
 * the lower ones. The order in which rows are offered does not matter.
 */
public final class NearestRows {
  private final MemoryBank bank;
  private final int k;
  private final int[] rows;
  private final double[] distances;
  private int size;

  /** A collector, to be reused for one query after another. */
  public NearestRows(MemoryBank bank, int k) {
    this.bank = bank;
    this.k = k;
    rows = new int[k];
    distances = new double[k];
    clear();
  }

  /** How many rows are kept. */
  public int k() {
    return k;
  }

  /** Forgets what was offered. */
  public void clear() {
    size = 0;
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
  }

  /** Offers a row, each at most once for a query. */
  public void offer(float[] queries, int query, int row) {
    double limit = distances[k - 1];
    double distance = bank.squaredDistance(queries, query, row, limit);
    if (distance > limit || (size == k && distance == limit && row > rows[k - 1])) {
      return;
    }
    int at = Math.min(size, k - 1);
    while (at > 0
        && (distances[at - 1] > distance
            || (distances[at - 1] == distance && rows[at - 1] > row))) {
      distances[at] = distances[at - 1];
      rows[at] = rows[at - 1];
      at--;
    }
    distances[at] = distance;
    rows[at] = row;
    size = Math.min(k, size + 1);
  }

  /** Offers every row of the bank. */
  public void offerAll(float[] queries, int query) {
    for (int row = 0; row < bank.rows(); row++) {
      offer(queries, query, row);
    }
  }

  /** Writes the k nearest as the answer to a query, after at least k were offered. */
  public void writeTo(Neighbours found, int query) {
    System.arraycopy(rows, 0, found.rows(), query * k, k);
    System.arraycopy(distances, 0, found.squaredDistances(), query * k, k);
  }
}
