package io.nightjar.benchmark.baseline;

/**
 * The nearest row of a bank for each query.
 *
 * @param rows by query
 * @param squaredDistances by query, as the search computed them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NearestRows(int[] rows, float[] squaredDistances) {
  static NearestRows unknown(int queries) {
    float[] distances = new float[queries];
    java.util.Arrays.fill(distances, Float.POSITIVE_INFINITY);
    return new NearestRows(new int[queries], distances);
  }

  void offer(int query, int row, float squaredDistance) {
    if (squaredDistance < squaredDistances[query]) {
      squaredDistances[query] = squaredDistance;
      rows[query] = row;
    }
  }
}
