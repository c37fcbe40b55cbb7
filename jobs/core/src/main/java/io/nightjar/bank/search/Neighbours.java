package io.nightjar.bank.search;

/**
 * The k nearest rows of each query, the nearest first and the lower row number first where
 * distances are equal.
 *
 * @param k neighbours of a query
 * @param rows {@code queries x k} row numbers
 * @param squaredDistances {@code queries x k} squared Euclidean distances, in float64
 * @param fallbacks queries for which an approximate search fell back to more work
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared or used as a key
public record Neighbours(int k, int[] rows, double[] squaredDistances, Fallbacks fallbacks) {

  /** The answers of a search without fallbacks. */
  public Neighbours(int k, int[] rows, double[] squaredDistances) {
    this(k, rows, squaredDistances, Fallbacks.NONE);
  }

  /** The k nearest of those that are not in a range of at most {@code this.k - k} rows. */
  Neighbours outside(RowRange excluded, int nearest) {
    Neighbours outside =
        new Neighbours(
            nearest,
            new int[rows.length / k * nearest],
            new double[squaredDistances.length / k * nearest]);
    for (int query = 0; query < rows.length / k; query++) {
      int kept = 0;
      for (int i = query * k; kept < nearest; i++) {
        if (!excluded.holds(rows[i])) {
          outside.rows[query * nearest + kept] = rows[i];
          outside.squaredDistances[query * nearest + kept++] = squaredDistances[i];
        }
      }
    }
    return outside;
  }

  /** Mean Euclidean distance of each query to its k nearest rows. */
  public float[] meanDistances() {
    return meanDistances(squaredDistances, k);
  }

  /**
   * Mean Euclidean distance of each query to its nearest rows, as a search for so many finds them.
   *
   * @param nearest how many rows, 1 to k
   */
  public float[] meanDistances(int nearest) {
    if (nearest == k) {
      return meanDistances();
    }
    double[] first = new double[squaredDistances.length / k * nearest];
    for (int query = 0; query < squaredDistances.length / k; query++) {
      System.arraycopy(squaredDistances, query * k, first, query * nearest, nearest);
    }
    return meanDistances(first, nearest);
  }

  /** The same from {@code queries x k} squared distances alone, the nearest first. */
  public static float[] meanDistances(double[] squaredDistances, int k) {
    float[] means = new float[squaredDistances.length / k];
    for (int query = 0; query < means.length; query++) {
      double sum = 0;
      for (int i = 0; i < k; i++) {
        sum += Math.sqrt(squaredDistances[query * k + i]);
      }
      means[query] = (float) (sum / k);
    }
    return means;
  }
}
