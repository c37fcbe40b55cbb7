package io.nightjar.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasUpper;

import io.nightjar.error.InvalidInputException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS, in native memory. */
public final class OpenBlasKernels implements Kernels {
  /** The tall operand crosses into native memory by row tiles of at most this size. */
  static final int TILE_BYTES = 16 << 20;

  /**
   * Loads the native library.
   *
   * @throws InvalidInputException if this platform has none on the class path
   */
  public OpenBlasKernels() {
    OpenBlas.require();
  }

  @Override
  public String description() {
    return OpenBlas.description();
  }

  @Override
  public void multiply(float[] a, int m, int k, float[] b, int n, float[] c) {
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

  @Override
  public void gramUpper(float[] a, int offset, int rows, int n, float[] c) {
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

  @Override
  public void transposedMultiply(float[] a, int rows, int m, float[] b, int n, float[] c) {
    int tile = Math.min(rows, tileRows(Math.max(m, n)));
    try (FloatPointer nativeA = new FloatPointer((long) tile * m);
        FloatPointer nativeB = new FloatPointer((long) tile * n);
        FloatPointer nativeC = new FloatPointer((long) m * n)) {
      for (int row = 0; row < rows; row += tile) {
        int count = Math.min(tile, rows - row);
        nativeA.put(a, row * m, count * m);
        nativeB.put(b, row * n, count * n);
        openblas.cblas_sgemm(
            CblasRowMajor,
            CblasTrans,
            CblasNoTrans,
            m,
            n,
            count,
            1f,
            nativeA,
            m,
            nativeB,
            n,
            row == 0 ? 0f : 1f,
            nativeC,
            n);
      }
      nativeC.get(c, 0, m * n);
    }
  }

  private static int tileRows(int columns) {
    return Math.max(1, TILE_BYTES / Float.BYTES / columns);
  }

  @Override
  public ResidentRows resident(int rows, int columns) {
    return new OpenBlasRows(rows, columns);
  }

  @Override
  public int eigen(double[] matrix, int n, double[] values) {
    try (DoublePointer nativeMatrix = new DoublePointer((long) n * n);
        DoublePointer nativeValues = new DoublePointer((long) n)) {
      nativeMatrix.put(matrix, 0, n * n);
      int info = dsyevd(n, nativeMatrix, nativeValues);
      nativeValues.get(values, 0, n);
      nativeMatrix.get(matrix, 0, n * n);
      return info;
    }
  }

  /**
   * LAPACK's own routine, not LAPACKE's: where another OpenBLAS is already in the process, it
   * replaces ours, and those of Linux distributions lack LAPACKE.
   */
  private static int dsyevd(int n, DoublePointer matrix, DoublePointer values) {
    try (DoublePointer size = new DoublePointer(1L);
        IntPointer integerSize = new IntPointer(1L)) {
      int info = dsyevd(n, matrix, values, size, -1, integerSize, -1); // only asks for the sizes
      if (info != 0) {
        return info;
      }
      int length = (int) size.get();
      int integerLength = integerSize.get();
      try (DoublePointer work = new DoublePointer((long) length);
          IntPointer integerWork = new IntPointer((long) integerLength)) {
        return dsyevd(n, matrix, values, work, length, integerWork, integerLength);
      }
    }
  }

  private static int dsyevd(
      int n,
      DoublePointer matrix,
      DoublePointer values,
      DoublePointer work,
      int length,
      IntPointer integerWork,
      int integerLength) {
    // Row-major or column-major is the same for a symmetric matrix, and column-major results keep
    // each vector contiguous.
    try (BytePointer vectorsToo = new BytePointer(new byte[] {'V'});
        BytePointer upper = new BytePointer(new byte[] {'U'});
        IntPointer side = scalar(n);
        IntPointer workLength = scalar(length);
        IntPointer integerWorkLength = scalar(integerLength);
        IntPointer info = scalar(0)) {
      openblas.LAPACK_dsyevd_base(
          vectorsToo,
          upper,
          side,
          matrix,
          side,
          values,
          work,
          workLength,
          integerWork,
          integerWorkLength,
          info,
          1,
          1);
      return info.get();
    }
  }

  /** Fortran takes its arguments by address. */
  private static IntPointer scalar(int value) {
    return new IntPointer(new int[] {value});
  }
}
