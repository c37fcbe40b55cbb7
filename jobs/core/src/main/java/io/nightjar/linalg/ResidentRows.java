package io.nightjar.linalg;

/** The values of a row-major matrix, wherever an implementation keeps them. */
interface ResidentRows extends AutoCloseable {

  /** Copies whole rows to this matrix, starting at row {@code firstRow}. */
  void put(int firstRow, float[] block);

  /** {@code out(n x count) = queries(n x columns) * this[fromRow, fromRow + count)^T}. */
  void multiplyTransposed(float[] queries, int n, int fromRow, int count, float[] out);

  void copyRow(int row, float[] into);

  /** Frees the memory; a second call does nothing, any other call afterwards is a bug. */
  @Override
  void close();
}
