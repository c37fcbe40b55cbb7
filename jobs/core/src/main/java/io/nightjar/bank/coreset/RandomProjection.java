package io.nightjar.bank.coreset;

import io.nightjar.linalg.Blas;
import java.io.Serializable;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A sparse random projection that keeps the distances of a number of rows (Johnson and
 * Lindenstrauss 1984; the matrix of Li, Hastie and Church, KDD 2006, whose entries are 0 except for
 * one in sqrt(dimension)).
 *
 * <p>PatchCore projects patches before it selects. With its error of {@value #EPSILON} of the
 * squared distance, n rows need {@code 4 ln n / (e^2 / 2 - e^3 / 3)} dimensions (Dasgupta and Gupta
 * 2003): 296 for 163,856 rows. Rows that principal components have already reduced below that are
 * used unchanged: a projection would cost accuracy and save nothing.
 */
public final class RandomProjection implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double EPSILON = 0.9;

  private final int from;
  private final int to;
  private final float[] matrix;

  private RandomProjection(int from, int to, long seed) {
    this.from = from;
    this.to = to;
    matrix = new float[from * to];
    double nonzero = 1 / Math.sqrt(from);
    float value = (float) Math.sqrt(1 / (nonzero * to));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < matrix.length; i++) {
      double chance = random.nextDouble();
      matrix[i] = chance < nonzero / 2 ? value : chance < nonzero ? -value : 0;
    }
  }

  /**
   * The projection for this number of rows; none where it would not shorten them.
   *
   * @param rows how many rows are to keep their distances, at least 1
   * @param dimension the length of a row
   * @param seed of the matrix; equal seeds give equal matrices
   * @return empty where projected rows would not be shorter than {@code dimension}
   */
  public static Optional<RandomProjection> where(int rows, int dimension, long seed) {
    int needed = dimensions(rows);
    return needed < dimension
        ? Optional.of(new RandomProjection(dimension, needed, seed))
        : Optional.empty();
  }

  /** The number of dimensions that preserves all distances of this number of rows, at least 1. */
  static int dimensions(int rows) {
    double perLog = EPSILON * EPSILON / 2 - EPSILON * EPSILON * EPSILON / 3;
    return Math.max(1, (int) (4 * Math.log(rows) / perLog));
  }

  /**
   * The length of a projected row.
   *
   * @return less than that of the rows projected
   */
  public int dimension() {
    return to;
  }

  /**
   * Projects whole rows.
   *
   * @param rows their values, row by row
   * @return the values of the projected rows, row by row, in a new array
   */
  public float[] project(float[] rows) {
    int count = rows.length / from;
    float[] projected = new float[count * to];
    Blas.multiply(rows, count, from, matrix, to, projected);
    return projected;
  }
}
