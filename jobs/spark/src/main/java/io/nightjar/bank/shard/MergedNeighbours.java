package io.nightjar.bank.shard;

import io.nightjar.bank.search.Neighbours;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The k nearest of all rows that some queries have been compared with so far, the nearest first and
 * the lower row number first where distances are equal. Rows are numbered through the whole bank.
 *
 * <p>That order is total, and the first k of a union are the first k of what is first in its parts:
 * merging gives the same in whatever order parts come.
 */
public final class MergedNeighbours implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int k;
  // Queries x k; where there were fewer than k rows, the rest has infinite distance and the largest
  // number.
  private final long[] rows;
  private final double[] squaredDistances;

  /** Queries without neighbours yet. */
  MergedNeighbours(int queries, int k) {
    this.k = k;
    rows = new long[queries * k];
    squaredDistances = new double[queries * k];
    Arrays.fill(rows, Long.MAX_VALUE);
    Arrays.fill(squaredDistances, Double.POSITIVE_INFINITY);
  }

  /** Sets the neighbour of a query at a place, 0 for the nearest. */
  void set(int query, int place, long row, double squaredDistance) {
    rows[query * k + place] = row;
    squaredDistances[query * k + place] = squaredDistance;
  }

  /** Merges the neighbours of the same queries among other rows; returns this. */
  public MergedNeighbours merge(MergedNeighbours other) {
    long[] nearestRows = new long[k];
    double[] nearest = new double[k];
    for (int at = 0; at < rows.length; at += k) {
      int own = at;
      int others = at;
      for (int i = 0; i < k; i++) {
        boolean take = other.precedes(others, this, own);
        nearestRows[i] = take ? other.rows[others] : rows[own];
        nearest[i] = take ? other.squaredDistances[others++] : squaredDistances[own++];
      }
      System.arraycopy(nearestRows, 0, rows, at, k);
      System.arraycopy(nearest, 0, squaredDistances, at, k);
    }
    return this;
  }

  private boolean precedes(int at, MergedNeighbours other, int otherAt) {
    double distance = squaredDistances[at];
    double otherDistance = other.squaredDistances[otherAt];
    return distance < otherDistance
        || (distance == otherDistance && rows[at] < other.rows[otherAt]);
  }

  /** {@code queries x k} row numbers; not a copy. */
  public long[] rows() {
    return rows;
  }

  /** {@code queries x k} squared Euclidean distances, in float64; not a copy. */
  public double[] squaredDistances() {
    return squaredDistances;
  }

  /** Mean Euclidean distance of each query to its k nearest rows. */
  public float[] meanDistances() {
    return Neighbours.meanDistances(squaredDistances, k);
  }
}
