package io.nightjar.linalg;

/**
 * The matrix routines behind the public classes, which have checked the arguments. Every call runs
 * on the calling thread alone, and calls may run concurrently.
 */
public interface Kernels {

  /** The library and its version, for people and for a run's record. */
  String description();

  /** C(m x n) = A(m x k) B(k x n). */
  void multiply(float[] a, int m, int k, float[] b, int n, float[] c);

  /** The upper triangle of A^T A, for A(rows x n) from element {@code offset} on. */
  void gramUpper(float[] a, int offset, int rows, int n, float[] c);

  /** C(m x n) = A(rows x m)^T B(rows x n). */
  void transposedMultiply(float[] a, int rows, int m, float[] b, int n, float[] c);

  /** Allocates a matrix that stays in memory; its values are undefined until put. */
  ResidentRows resident(int rows, int columns);

  /**
   * All eigenpairs of a symmetric matrix, as LAPACK's dsyevd leaves them.
   *
   * @param matrix n x n; replaced by the eigenvectors, one after the other
   * @param values takes the n eigenvalues, ascending
   * @return LAPACK's info: 0 when it converged
   */
  int eigen(double[] matrix, int n, double[] values);
}
