package io.nightjar.linalg;

import io.nightjar.text.Text;

/** Dimension checks. */
final class Shapes {
  private Shapes() {}

  static void requireHolds(String name, long length, int rows, int columns) {
    requireSides(name, rows, columns);
    if (length < (long) rows * columns) {
      throw new IllegalArgumentException(
          Text.format(
              "%s of %d x %d needs %d values, but its array holds %d",
              name, rows, columns, (long) rows * columns, length));
    }
  }

  static void requireSides(String name, int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "%s of %d x %d is empty: both sides must be at least 1", name, rows, columns));
    }
  }
}
