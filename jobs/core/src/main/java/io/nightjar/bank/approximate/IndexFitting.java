package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;

/**
 * Fits the parts of an approximate index that are learned from a bank; the caller provides an
 * implementation, since learning takes means that searching does not need.
 */
public interface IndexFitting {

  /**
   * Centroids of inverted lists, by k-means on a seeded sample of the bank's rows.
   *
   * @return {@code lists x dimension} values, row by row: fewer where fewer distinct rows are
   *     sampled
   */
  float[] centres(MemoryBank bank, int lists, long seed);

  /**
   * Random unit vectors.
   *
   * @return {@code [count][dimension]}
   */
  double[][] directions(int dimension, int count, double bucketLength, long seed);
}
