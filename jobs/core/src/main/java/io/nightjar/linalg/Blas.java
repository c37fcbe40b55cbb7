package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;

/**
 * Products of row-major float32 matrices held in Java arrays. An array may be longer than its
 * matrix; the rest is neither read nor written.
 *
 * <p>Each call runs on the calling thread alone, may run concurrently with others, and gives the
 * same bits for the same arguments on one kind of CPU. OpenBLAS allocates native memory for a call
 * and frees it before returning: at most {@value OpenBlasKernels#TILE_BYTES} bytes for the tall
 * operand, plus the small ones.
 */
public final class Blas {
  private Blas() {}

  /**
   * Loads the native library, so that a caller who wants no other can refuse to start where it is
   * missing.
   *
   * @throws InvalidInputException if this platform has no native library on the class path
   */
  public static void requireNatives() {
    OpenBlas.require();
  }

  /**
   * C(m x n) = A(m x k) B(k x n).
   *
   * @throws IllegalArgumentException if a dimension is below 1 or an array is too short
   */
  public static void multiply(float[] a, int m, int k, float[] b, int n, float[] c) {
    multiply(LinearAlgebra.kernels(), a, m, k, b, n, c);
  }

  /** As {@link #multiply(float[], int, int, float[], int, float[])}, with the given kernels. */
  public static void multiply(
      Kernels kernels, float[] a, int m, int k, float[] b, int n, float[] c) {
    Shapes.requireHolds("A", a.length, m, k);
    Shapes.requireHolds("B", b.length, k, n);
    Shapes.requireHolds("C", c.length, m, n);
    kernels.multiply(a, m, k, b, n, c);
  }

  /**
   * C(m x n) = A^T B, for A(rows x m) and B(rows x n).
   *
   * @throws IllegalArgumentException if a dimension is below 1 or an array is too short
   */
  public static void transposedMultiply(float[] a, int rows, int m, float[] b, int n, float[] c) {
    transposedMultiply(LinearAlgebra.kernels(), a, rows, m, b, n, c);
  }

  static void transposedMultiply(
      Kernels kernels, float[] a, int rows, int m, float[] b, int n, float[] c) {
    Shapes.requireHolds("A", a.length, rows, m);
    Shapes.requireHolds("B", b.length, rows, n);
    Shapes.requireHolds("C", c.length, m, n);
    kernels.transposedMultiply(a, rows, m, b, n, c);
  }

  /**
   * The upper triangle of A^T A, for A(rows x n), into the row-major n x n array {@code c}; entries
   * below the diagonal are left unchanged.
   *
   * @throws IllegalArgumentException if a dimension is below 1 or an array is too short
   */
  public static void gramUpper(float[] a, int rows, int n, float[] c) {
    gramUpper(a, 0, rows, n, c);
  }

  /**
   * As {@link #gramUpper(float[], int, int, float[])}, for an A that starts at element {@code
   * offset} of its array.
   *
   * @throws IllegalArgumentException if a dimension is below 1, the offset is negative, or an array
   *     is too short
   */
  public static void gramUpper(float[] a, int offset, int rows, int n, float[] c) {
    gramUpper(LinearAlgebra.kernels(), a, offset, rows, n, c);
  }

  /** As {@link #gramUpper(float[], int, int, int, float[])}, with the given kernels. */
  public static void gramUpper(Kernels kernels, float[] a, int offset, int rows, int n, float[] c) {
    if (offset < 0) {
      throw new IllegalArgumentException(Text.format("A starts at element %d", offset));
    }
    Shapes.requireHolds("A", (long) a.length - offset, rows, n);
    Shapes.requireHolds("C", c.length, n, n);
    kernels.gramUpper(a, offset, rows, n, c);
  }
}
