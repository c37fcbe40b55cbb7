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
   * @param bank whose rows are grouped
   * @param lists how many centroids are asked for, at least 2
   * @param seed of the sample and of k-means
   * @return {@code lists x dimension} values, row by row: fewer where fewer distinct rows are
   *     sampled
   */
  float[] centres(MemoryBank bank, int lists, long seed);

  /**
   * Random unit vectors, as MLlib's {@code BucketedRandomProjectionLSH} draws them.
   *
   * @param dimension the length of a vector
   * @param count how many are asked for
   * @param bucketLength width of a bucket along a vector, above 0; the vectors do not depend on it
   * @param seed of the vectors
   * @return {@code [count][dimension]}
   */
  double[][] directions(int dimension, int count, double bucketLength, long seed);
}
