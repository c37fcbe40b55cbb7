package io.nightjar.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasUpper;

import io.nightjar.error.InvalidInputException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products of row-major float32 matrices held in Java arrays. An array may be longer than its
 * matrix; the rest is neither read nor written.
 *
 * <p>Each call runs on the calling thread alone, may run beside others in other threads, and gives
 * the same bits for the same arguments on one kind of CPU. Native memory is taken per call and
 * returned with it: at most {@value #TILE_BYTES} bytes for the tall operand, plus the small ones.
 */
public final class Blas {
  /** The tall operand crosses into native memory by row tiles of at most this size. */
  static final int TILE_BYTES = 16 << 20;

  private Blas() {}

  /**
   * Loads the native library, so that a job can refuse to start where it is missing.
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
    Shapes.requireHolds("A", a.length, m, k);
    Shapes.requireHolds("B", b.length, k, n);
    Shapes.requireHolds("C", c.length, m, n);
    OpenBlas.require();
    int tile = Math.min(m, tileRows(Math.max(k, n)));
    try (FloatPointer nativeA = new FloatPointer((long) tile * k);
        FloatPointer nativeB = new FloatPointer((long) k * n);
        FloatPointer nativeC = new FloatPointer((long) tile * n)) {
      nativeB.put(b, 0, k * n);
      for (int row = 0; row < m; row += tile) {
        int rows = Math.min(tile, m - row);
        nativeA.put(a, row * k, rows * k);
        openblas.cblas_sgemm(
            CblasRowMajor,
            CblasNoTrans,
            CblasNoTrans,
            rows,
            n,
            k,
            1f,
            nativeA,
            k,
            nativeB,
            n,
            0f,
            nativeC,
            n);
        nativeC.get(c, row * n, rows * n);
      }
    }
  }

  /**
   * The upper triangle of A^T A, for A(rows x n), into the row-major n x n array {@code c}; what
   * lies below the diagonal stays as it was.
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
    if (offset < 0) {
      throw new IllegalArgumentException("A starts at element %d".formatted(offset));
    }
    Shapes.requireHolds("A", (long) a.length - offset, rows, n);
    Shapes.requireHolds("C", c.length, n, n);
    OpenBlas.require();
    int tile = Math.min(rows, tileRows(n));
    try (FloatPointer nativeA = new FloatPointer((long) tile * n);
        FloatPointer nativeC = new FloatPointer((long) n * n)) {
      for (int row = 0; row < rows; row += tile) {
        int count = Math.min(tile, rows - row);
        nativeA.put(a, offset + row * n, count * n);
        openblas.cblas_ssyrk(
            CblasRowMajor,
            CblasUpper,
            CblasTrans,
            n,
            count,
            1f,
            nativeA,
            n,
            row == 0 ? 0f : 1f,
            nativeC,
            n);
      }
      for (int i = 0; i < n; i++) {
        long diagonal = (long) i * n + i;
        nativeC.getPointer(diagonal).get(c, Math.toIntExact(diagonal), n - i);
      }
    }
  }

  private static int tileRows(int columns) {
    return Math.max(1, TILE_BYTES / Float.BYTES / columns);
  }
}
