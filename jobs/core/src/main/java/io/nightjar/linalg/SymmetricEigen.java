package io.nightjar.linalg;

import io.nightjar.text.Text;
import java.util.Arrays;

/**
 * The eigenvalues and orthonormal eigenvectors of a real symmetric matrix (LAPACK's dsyevd).
 *
 * <p>The sign of each vector is fixed: its entry of largest magnitude, the first of equals, is
 * positive.
 *
 * @param values n eigenvalues, descending
 * @param vectors row-major n x n; column j is the unit vector of {@code values[j]}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of results, never compared or used as a key
public record SymmetricEigen(double[] values, double[] vectors) {

  /**
   * Solves the eigenproblem of a full row-major n x n matrix, which is left unchanged. Takes about
   * {@code 24 n²} bytes meanwhile, in native memory or, in plain Java, on the heap.
   *
   * @throws IllegalArgumentException if {@code n} is below 1, the array is too short, or an entry
   *     is not finite
   * @throws ArithmeticException if LAPACK does not converge
   */
  public static SymmetricEigen of(double[] fullSymmetricRowMajor, int n) {
    return of(LinearAlgebra.kernels(), fullSymmetricRowMajor, n);
  }

  /** As {@link #of(double[], int)}, with the given kernels. */
  public static SymmetricEigen of(Kernels kernels, double[] fullSymmetricRowMajor, int n) {
    Shapes.requireHolds("The symmetric matrix", fullSymmetricRowMajor.length, n, n);
    requireFinite(fullSymmetricRowMajor, n);
    double[] vectors = Arrays.copyOf(fullSymmetricRowMajor, n * n);
    double[] values = new double[n];
    int info = kernels.eigen(vectors, n, values);
    if (info != 0) {
      throw new ArithmeticException(
          Text.format("LAPACK's dsyevd failed on a %d x %d matrix with info = %d", n, n, info));
    }
    return descending(values, vectors, n);
  }

  private static void requireFinite(double[] matrix, int n) {
    for (int i = 0; i < n * n; i++) {
      if (!Double.isFinite(matrix[i])) {
        throw new IllegalArgumentException(
            Text.format("Entry (%d, %d) of the symmetric matrix is %s", i / n, i % n, matrix[i]));
      }
    }
  }

  private static SymmetricEigen descending(double[] values, double[] vectors, int n) {
    double[] descendingValues = new double[n];
    double[] columns = new double[n * n];
    for (int j = 0; j < n; j++) {
      int from = n - 1 - j;
      descendingValues[j] = values[from];
      for (int i = 0; i < n; i++) {
        columns[i * n + j] = vectors[from * n + i];
      }
    }
    return withFixedSigns(descendingValues, columns);
  }

  /**
   * The decomposition that another solver found, with the signs of this class.
   *
   * @param values n eigenvalues, descending
   * @param vectors row-major n x n; changed in place
   * @throws IllegalArgumentException if the two sizes do not fit each other
   */
  public static SymmetricEigen withFixedSigns(double[] values, double[] vectors) {
    int n = values.length;
    Shapes.requireHolds("The vectors", vectors.length, n, n);
    for (int j = 0; j < n; j++) {
      double largest = 0;
      for (int i = 0; i < n; i++) {
        double entry = vectors[i * n + j];
        if (Math.abs(entry) > Math.abs(largest)) {
          largest = entry;
        }
      }
      if (largest < 0) {
        for (int i = 0; i < n; i++) {
          vectors[i * n + j] = -vectors[i * n + j];
        }
      }
    }
    return new SymmetricEigen(values, vectors);
  }
}
