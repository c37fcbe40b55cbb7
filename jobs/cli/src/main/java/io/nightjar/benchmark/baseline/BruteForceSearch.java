package io.nightjar.benchmark.baseline;

import io.nightjar.bank.search.MemoryBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plain search: every distance to every row, in float32, in Java. Rows are kept in blocks that
 * stay in cache, dimension by dimension, so that the compiler turns the inner loop into vector
 * instructions.
 */
public final class BruteForceSearch {
  private static final int BLOCK = 256;

  private final int dimension;
  private final int rows;

  /** Each {@code [dimension][BLOCK]}. */
  private final List<float[]> blocks = new ArrayList<>();

  /** Copies a bank's rows into blocks. */
  public BruteForceSearch(MemoryBank bank) {
    dimension = bank.dimension();
    rows = bank.rows();
    int row = 0;
    for (float[] values : bank.blocks()) {
      for (int at = 0; at < values.length; at += dimension, row++) {
        if (row % BLOCK == 0) {
          blocks.add(new float[dimension * BLOCK]);
        }
        float[] block = blocks.get(row / BLOCK);
        for (int i = 0; i < dimension; i++) {
          block[i * BLOCK + row % BLOCK] = values[at + i];
        }
      }
    }
  }

  /** The nearest rows of the first {@code count} queries. */
  public NearestRows nearest(float[] queries, int count) {
    NearestRows nearest = NearestRows.unknown(count);
    float[] distances = new float[BLOCK];
    for (int number = 0; number < blocks.size(); number++) {
      int first = number * BLOCK;
      int used = Math.min(BLOCK, rows - first);
      for (int query = 0; query < count; query++) {
        squaredDistances(queries, query * dimension, blocks.get(number), distances);
        for (int i = 0; i < used; i++) {
          nearest.offer(query, first + i, distances[i]);
        }
      }
    }
    return nearest;
  }

  private void squaredDistances(float[] queries, int from, float[] block, float[] distances) {
    Arrays.fill(distances, 0);
    for (int i = 0; i < dimension; i++) {
      add(queries[from + i], block, i * BLOCK, distances);
    }
  }

  private static void add(float value, float[] block, int from, float[] distances) {
    for (int i = 0; i < BLOCK; i++) {
      float difference = value - block[from + i];
      distances[i] += difference * difference;
    }
  }
}
