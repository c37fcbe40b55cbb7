package io.nightjar.bank.search;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;

/** Checks of a search's arguments. */
public final class SearchArguments {
  private SearchArguments() {}

  /**
   * Refuses queries that cannot be searched.
   *
   * @throws InvalidInputException if k is below 1 or above the number of rows
   * @throws IllegalArgumentException if the array is too short or the answer would be too long
   */
  public static void require(MemoryBank bank, float[] queries, int count, int k) {
    require(bank, queries, count, k, RowRange.NONE);
  }

  /** The same where some rows are excluded. */
  public static void require(
      MemoryBank bank, float[] queries, int count, int k, RowRange excluded) {
    if (excluded.to() > bank.rows()) {
      throw new IllegalArgumentException(
          Text.format(
              "%s is not a range of rows of a memory bank of %d rows", excluded, bank.rows()));
    }
    int rows = bank.rows() - excluded.size();
    if (k < 1 || k > rows) {
      throw new InvalidInputException(
          Text.format(
              "Cannot average over k = %d neighbours in a memory bank of %d rows; choose k from 1 to %d",
              k, rows, rows));
    }
    if (count < 0 || (long) count * bank.dimension() > queries.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d queries of dimension %d do not fit into %d values",
              count, bank.dimension(), queries.length));
    }
    if ((long) count * k > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          Text.format("%d neighbours for each of %d queries do not fit into one array", k, count));
    }
  }

  /**
   * Refuses a query that is not finite.
   *
   * @throws IllegalArgumentException if a value of it is not finite
   */
  public static void requireFinite(float[] queries, int query, int dimension) {
    for (int i = query * dimension; i < (query + 1) * dimension; i++) {
      if (!Float.isFinite(queries[i])) {
        throw new IllegalArgumentException(
            Text.format("Query %d holds NaN, infinity or a value too large to search", query));
      }
    }
  }
}
