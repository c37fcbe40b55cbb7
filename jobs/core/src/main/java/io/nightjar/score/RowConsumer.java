package io.nightjar.score;

/** Takes the rows of a map one after another, from the top. */
@FunctionalInterface
public interface RowConsumer {
  /**
   * Takes one row.
   *
   * @param y the row's index, counted from 0 at the top
   * @param row the scores from left to right; valid only during the call, since the array is reused
   *     for the next row
   */
  void accept(int y, float[] row);

  /** This consumer, then the other, on every row. */
  default RowConsumer andThen(RowConsumer next) {
    return (y, row) -> {
      accept(y, row);
      next.accept(y, row);
    };
  }
}
