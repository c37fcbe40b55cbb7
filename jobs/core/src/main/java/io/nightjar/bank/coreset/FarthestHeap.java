package io.nightjar.bank.coreset;

/** A heap of rows with the largest bound on top, the lowest row of equal bounds. */
final class FarthestHeap {
  private final double[] bounds;
  private final int[] rows;
  private int size;

  /**
   * All rows but one.
   *
   * @param bounds of each row; read again whenever the top may have changed
   * @param without the row that is left out
   */
  FarthestHeap(double[] bounds, int without) {
    this.bounds = bounds;
    rows = new int[bounds.length];
    for (int row = 0; row < bounds.length; row++) {
      if (row != without) {
        rows[size++] = row;
      }
    }
    for (int at = size / 2 - 1; at >= 0; at--) {
      sink(at);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  int top() {
    return rows[0];
  }

  /** Restores the order after the bound of the top has become smaller. */
  void topBecameSmaller() {
    sink(0);
  }

  void removeTop() {
    rows[0] = rows[--size];
    sink(0);
  }

  private void sink(int from) {
    int at = from;
    int row = rows[at];
    double bound = bounds[row];
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(rows[child + 1], bounds[rows[child]], rows[child])) {
        child++;
      }
      if (!before(rows[child], bound, row)) {
        break;
      }
      rows[at] = rows[child];
      at = child;
    }
    rows[at] = row;
  }

  private boolean before(int row, double otherBound, int other) {
    double bound = bounds[row];
    return bound > otherBound || (bound == otherBound && row < other);
  }
}
