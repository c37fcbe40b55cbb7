package io.nightjar.benchmark.baseline;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.linalg.NativeMatrix;
import java.util.Arrays;

/**
 * The algorithm of Faiss's IndexFlatL2 for batches of queries ({@code exhaustive_L2sqr_blas},
 * faiss/utils/distances.cpp): blocks of matrix products, |q - b|² = |q|² + |b|² - 2 q b, and the
 * smallest of each row.
 */
public final class FlatProductSearch implements AutoCloseable {
  private static final int QUERIES = 1024;
  private static final int ROWS = 1024;

  private final NativeMatrix bank;
  private final float[] norms;

  /** Copies a bank's rows into native memory, which {@link #close} frees. */
  public FlatProductSearch(MemoryBank bank) {
    this.bank = NativeMatrix.copyOf(bank.blocks(), bank.rows(), bank.dimension());
    norms = new float[bank.rows()];
    int row = 0;
    for (float[] block : bank.blocks()) {
      for (int at = 0; at < block.length; at += bank.dimension()) {
        norms[row++] = squaredNorm(block, at, bank.dimension());
      }
    }
  }

  /** The nearest rows of the first {@code count} queries. */
  public NearestRows nearest(float[] queries, int count) {
    NearestRows nearest = NearestRows.unknown(count);
    float[] products = new float[Math.min(QUERIES, count) * Math.min(ROWS, bank.rows())];
    for (int from = 0; from < count; from += QUERIES) {
      int batch = Math.min(QUERIES, count - from);
      int dimension = bank.columns();
      float[] some = Arrays.copyOfRange(queries, from * dimension, (from + batch) * dimension);
      float[] queryNorms = new float[batch];
      for (int i = 0; i < batch; i++) {
        queryNorms[i] = squaredNorm(some, i * dimension, dimension);
      }
      for (int row = 0; row < bank.rows(); row += ROWS) {
        int block = Math.min(ROWS, bank.rows() - row);
        bank.multiplyTransposed(some, batch, row, block, products);
        for (int i = 0; i < batch; i++) {
          offerBlock(nearest, from + i, queryNorms[i], row, products, i * block, block);
        }
      }
    }
    return nearest;
  }

  private void offerBlock(
      NearestRows nearest,
      int query,
      float queryNorm,
      int firstRow,
      float[] products,
      int from,
      int count) {
    // Two passes, of which the compiler turns the first into vector instructions.
    float smallest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float distance = queryNorm + norms[firstRow + i] - 2 * products[from + i];
      products[from + i] = distance;
      smallest = Math.min(smallest, distance);
    }
    if (smallest < nearest.squaredDistances()[query]) {
      int i = 0;
      while (products[from + i] != smallest) {
        i++;
      }
      nearest.offer(query, firstRow + i, smallest);
    }
  }

  private static float squaredNorm(float[] values, int from, int dimension) {
    float sum = 0;
    for (int i = from; i < from + dimension; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }

  @Override
  public void close() {
    bank.close();
  }
}
