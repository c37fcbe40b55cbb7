package io.nightjar.bank.search;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * Consecutive rows of a bank.
 *
 * @param from the first row, counted from 0
 * @param to the row after the last; equal to {@code from} where there is none
 */
public record RowRange(int from, int to) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No rows. */
  public static final RowRange NONE = new RowRange(0, 0);

  /** Refuses a negative start or an end before it. */
  public RowRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(Text.format("No range of rows: %d to %d", from, to));
    }
  }

  /** The number of rows. */
  public int size() {
    return to - from;
  }

  /** Whether a row is in this range. */
  public boolean holds(int row) {
    return row >= from && row < to;
  }
}
