package io.nightjar.linalg;

import io.nightjar.text.Text;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A row-major float32 matrix that stays in native memory, or on the Java heap where {@link
 * LinearAlgebra} computes in plain Java: {@code 4 x rows x columns} bytes, until it is closed. Any
 * number of threads may read it at once; closing waits for calls in progress, and a call afterwards
 * fails.
 */
public final class NativeMatrix implements AutoCloseable {
  private final int rows;
  private final int columns;
  private final ResidentRows values;
  private boolean closed;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private NativeMatrix(int rows, int columns, ResidentRows values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Copies consecutive groups of whole rows, one group at a time.
   *
   * @throws IllegalArgumentException if a side is below 1, a block is not made of whole rows, or
   *     the blocks together do not hold {@code rows} rows
   */
  public static NativeMatrix copyOf(Iterable<float[]> blocks, int rows, int columns) {
    return copyOf(LinearAlgebra.kernels(), blocks, rows, columns);
  }

  /** As {@link #copyOf(Iterable, int, int)}, with the given kernels. */
  public static NativeMatrix copyOf(
      Kernels kernels, Iterable<float[]> blocks, int rows, int columns) {
    Shapes.requireSides("A native matrix", rows, columns);
    ResidentRows values = kernels.resident(rows, columns);
    try {
      fill(values, blocks, rows, columns);
      return new NativeMatrix(rows, columns, values);
    } catch (RuntimeException e) {
      values.close();
      throw e;
    }
  }

  private static void fill(ResidentRows values, Iterable<float[]> blocks, int rows, int columns) {
    long filled = 0;
    for (float[] block : blocks) {
      if (block.length % columns != 0) {
        throw new IllegalArgumentException(
            Text.format(
                "A block of %d values is not made of whole rows of %d columns",
                block.length, columns));
      }
      if (filled + block.length > (long) rows * columns) {
        throw new IllegalArgumentException(
            Text.format(
                "The blocks hold at least %d rows, but %d were announced",
                (filled + block.length) / columns, rows));
      }
      if (block.length > 0) {
        values.put((int) (filled / columns), block);
        filled += block.length;
      }
    }
    if (filled != (long) rows * columns) {
      throw new IllegalArgumentException(
          Text.format("The blocks hold %d rows, but %d were announced", filled / columns, rows));
    }
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /**
   * Inner products of each query with each of {@code count} consecutive rows: {@code out(n x count)
   * = queries(n x columns) * this[fromRow, fromRow + count)^T}.
   *
   * @throws IllegalArgumentException if a dimension is below 1, an array is too short, or the rows
   *     are outside this matrix
   */
  public void multiplyTransposed(float[] queries, int n, int fromRow, int count, float[] out) {
    Shapes.requireHolds("queries", queries.length, n, columns);
    Shapes.requireHolds("out", out.length, n, count);
    if (fromRow < 0 || fromRow > rows - count) {
      throw new IllegalArgumentException(
          Text.format(
              "Rows %d to %d are outside a matrix of %d rows",
              fromRow, (long) fromRow + count - 1, rows));
    }
    Lock reading = lockOpen();
    try {
      values.multiplyTransposed(queries, n, fromRow, count, out);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Copies one row to the start of {@code into}.
   *
   * @throws IllegalArgumentException if there is no such row or the array is too short
   */
  public void copyRow(int row, float[] into) {
    if (row < 0 || row >= rows) {
      throw new IllegalArgumentException(
          Text.format("Row %d is outside a matrix of %d rows", row, rows));
    }
    Shapes.requireHolds("A row", into.length, 1, columns);
    Lock reading = lockOpen();
    try {
      values.copyRow(row, into);
    } finally {
      reading.unlock();
    }
  }

  private Lock lockOpen() {
    Lock reading = lock.readLock();
    reading.lock();
    if (closed) {
      reading.unlock();
      throw new IllegalStateException("The native matrix is closed");
    }
    return reading;
  }

  /** Frees the memory; a second call does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      values.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
