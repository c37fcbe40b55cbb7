package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;

/** What an approximate index learns from a bank by means that the search itself does not need. */
public interface IndexFitting {

  /**
   * Centres of inverted lists, by k-means on a seeded sample of the bank's rows.
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
