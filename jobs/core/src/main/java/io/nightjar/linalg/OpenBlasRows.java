package io.nightjar.linalg;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Rows in native memory. */
final class OpenBlasRows implements ResidentRows {
  private final int columns;
  private final FloatPointer values;

  OpenBlasRows(int rows, int columns) {
    this.columns = columns;
    values = new FloatPointer((long) rows * columns);
  }

  @Override
  public void put(int firstRow, float[] block) {
    values.getPointer((long) firstRow * columns).put(block, 0, block.length);
  }

  @Override
  public void multiplyTransposed(float[] queries, int n, int fromRow, int count, float[] out) {
    try (FloatPointer nativeQueries = new FloatPointer((long) n * columns);
        FloatPointer nativeOut = new FloatPointer((long) n * count)) {
      nativeQueries.put(queries, 0, n * columns);
      openblas.cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasTrans,
          n,
          count,
          columns,
          1f,
          nativeQueries,
          columns,
          values.getPointer((long) fromRow * columns),
          columns,
          0f,
          nativeOut,
          count);
      nativeOut.get(out, 0, n * count);
    }
  }

  @Override
  public void copyRow(int row, float[] into) {
    values.getPointer((long) row * columns).get(into, 0, columns);
  }

  @Override
  public void close() {
    values.close();
  }
}
