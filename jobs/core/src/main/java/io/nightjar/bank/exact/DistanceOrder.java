package io.nightjar.bank.exact;

/** Sorts candidates by distance, then by row, in place: a heap sort over parallel arrays. */
final class DistanceOrder {
  private final double[] distances;
  private final int[] rows;
  private final float[] keys;

  private DistanceOrder(double[] distances, int[] rows, float[] keys) {
    this.distances = distances;
    this.rows = rows;
    this.keys = keys;
  }

  /** Sorts the first {@code count} entries of all three arrays by the same order. */
  static void sort(double[] distances, int[] rows, float[] keys, int count) {
    DistanceOrder order = new DistanceOrder(distances, rows, keys);
    for (int i = count / 2 - 1; i >= 0; i--) {
      order.sink(i, count);
    }
    for (int end = count - 1; end > 0; end--) {
      order.swap(0, end);
      order.sink(0, end);
    }
  }

  private void sink(int start, int end) {
    int at = start;
    for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
      if (child + 1 < end && before(child, child + 1)) {
        child++;
      }
      if (!before(at, child)) {
        return;
      }
      swap(at, child);
      at = child;
    }
  }

  private boolean before(int i, int j) {
    return distances[i] < distances[j] || (distances[i] == distances[j] && rows[i] < rows[j]);
  }

  private void swap(int i, int j) {
    double distance = distances[i];
    distances[i] = distances[j];
    distances[j] = distance;
    int row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
    float key = keys[i];
    keys[i] = keys[j];
    keys[j] = key;
  }
}
