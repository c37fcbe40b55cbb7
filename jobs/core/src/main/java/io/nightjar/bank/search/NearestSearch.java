package io.nightjar.bank.search;

import io.nightjar.error.InvalidInputException;

/**
 * A search for the rows of a memory bank that are nearest to queries, exactly or approximately. Any
 * number of threads may search at once.
 */
public interface NearestSearch extends AutoCloseable {

  /** The bank that is searched. */
  MemoryBank bank();

  /**
   * The k nearest rows of each query.
   *
   * @param queries {@code count x dimension} values, row by row; may be longer
   * @throws InvalidInputException if k is below 1 or above the number of rows
   * @throws IllegalArgumentException if the array is too short or a query is not finite
   */
  Neighbours nearest(float[] queries, int count, int k);

  /**
   * The same as {@link #nearest} in the bank without some of its rows, such as those of the image
   * that the queries come from; the rows keep their numbers.
   *
   * <p>The default implementation searches for as many additional neighbours as there are excluded
   * rows, which is slow.
   *
   * @param excluded rows of the bank that must not be returned
   */
  default Neighbours nearestOutside(float[] queries, int count, int k, RowRange excluded) {
    return nearest(queries, count, k + excluded.size()).outside(excluded, k);
  }

  /**
   * Mean Euclidean distance of each query to its k nearest rows; parameters and errors as {@link
   * #nearest}.
   */
  default float[] meanDistances(float[] queries, int count, int k) {
    return nearest(queries, count, k).meanDistances();
  }

  /** Frees the memory of the search after searches in progress; later searches fail. */
  @Override
  void close();
}
