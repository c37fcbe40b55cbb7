package io.nightjar.bank.search;

import io.nightjar.linalg.ArrayStreams;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Vectors of normal patches, in blocks of whole rows (usually one image a block), in catalogue
 * order. Rows are numbered from 0 across all blocks.
 */
public final class MemoryBank implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Values summed between two checks against a limit. */
  private static final int VALUES_AT_ONCE = 16;

  private final int dimension;
  private final int rows;
  private transient float[][] blocks;
  // The number of the first row of each block.
  private final int[] firstRows;

  /**
   * A bank over the given blocks.
   *
   * @param dimension length of a row, at least 1
   * @param blocks rows one after another, each block a positive multiple of {@code dimension} long;
   *     kept, not copied
   * @throws IllegalArgumentException if there is no block, one is not made of whole rows, or a
   *     value is NaN or infinite
   */
  public MemoryBank(int dimension, List<float[]> blocks) {
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "The rows of a memory bank need a dimension of at least 1, not " + dimension);
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("A memory bank needs at least one row");
    }
    this.dimension = dimension;
    this.blocks = blocks.toArray(float[][]::new);
    firstRows = new int[this.blocks.length];
    long total = 0;
    for (int i = 0; i < this.blocks.length; i++) {
      requireRows(i);
      firstRows[i] = Math.toIntExact(total);
      total += this.blocks[i].length / dimension;
    }
    rows = Math.toIntExact(total);
  }

  private void requireRows(int index) {
    float[] block = blocks[index];
    if (block.length == 0 || block.length % dimension != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "Block %d of a memory bank holds %d values, which are not whole rows of %d",
              index, block.length, dimension));
    }
    for (int i = 0; i < block.length; i++) {
      if (!Float.isFinite(block[i])) {
        throw new IllegalArgumentException(
            Text.format(
                "Row %d of block %d of a memory bank holds %s; values must be finite",
                i / dimension, index, block[i]));
      }
    }
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    for (float[] block : blocks) {
      ArrayStreams.write(block, out);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    blocks = new float[firstRows.length][];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = ArrayStreams.readFloats(in);
    }
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** Values of a row. */
  public int dimension() {
    return dimension;
  }

  /** The blocks in order; neither the list nor the arrays may be changed. */
  public List<float[]> blocks() {
    return Collections.unmodifiableList(Arrays.asList(blocks));
  }

  /**
   * Squared Euclidean distance between a query and a row, the differences and their sum in float64.
   */
  public double squaredDistance(float[] queries, int query, int row) {
    int block = blockOf(row);
    float[] values = blocks[block];
    int at = (row - firstRows[block]) * dimension;
    int from = query * dimension;
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double difference = (double) queries[from + i] - (double) values[at + i];
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The same, but abandoned as soon as the sum exceeds a limit: the result equals {@link
   * #squaredDistance(float[], int, int)} where that is at most the limit, and exceeds the limit
   * otherwise.
   */
  public double squaredDistance(float[] queries, int query, int row, double limit) {
    int block = blockOf(row);
    float[] values = blocks[block];
    int at = (row - firstRows[block]) * dimension;
    int from = query * dimension;
    double sum = 0;
    for (int done = 0; done < dimension && !(sum > limit); done += VALUES_AT_ONCE) {
      int end = Math.min(dimension, done + VALUES_AT_ONCE);
      for (int i = done; i < end; i++) {
        double difference = (double) queries[from + i] - (double) values[at + i];
        sum += difference * difference;
      }
    }
    return sum;
  }

  /**
   * The same in float32, in a fixed order of the sum: fast, and accurate to about seven digits. For
   * graph searches, which only need to know which row is nearer.
   */
  public float roughSquaredDistance(float[] queries, int query, int row) {
    int block = blockOf(row);
    float[] values = blocks[block];
    int at = (row - firstRows[block]) * dimension;
    int from = query * dimension;
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int i = 0;
    // Four sums: each would otherwise wait for its own last addition.
    for (; i + 3 < dimension; i += 4) {
      float a = queries[from + i] - values[at + i];
      float b = queries[from + i + 1] - values[at + i + 1];
      float c = queries[from + i + 2] - values[at + i + 2];
      float d = queries[from + i + 3] - values[at + i + 3];
      first += a * a;
      second += b * b;
      third += c * c;
      fourth += d * d;
    }
    for (; i < dimension; i++) {
      float a = queries[from + i] - values[at + i];
      first += a * a;
    }
    return (first + second) + (third + fourth);
  }

  /**
   * A copy of some rows, row by row.
   *
   * @throws IndexOutOfBoundsException if the bank has no such rows
   */
  public float[] copyOf(RowRange range) {
    Objects.checkFromToIndex(range.from(), range.to(), rows);
    float[] values = new float[Math.multiplyExact(range.size(), dimension)];
    for (int row = range.from(); row < range.to(); row++) {
      copyRow(row, values, (row - range.from()) * dimension);
    }
    return values;
  }

  /** Copies a row into an array, from {@code at} on. */
  public void copyRow(int row, float[] into, int at) {
    int block = blockOf(row);
    System.arraycopy(blocks[block], (row - firstRows[block]) * dimension, into, at, dimension);
  }

  /** The number of the block that contains a row. */
  private int blockOf(int row) {
    // Usually every block is one image, and all are equally long.
    int guess = firstRows.length > 1 ? row / firstRows[1] : 0;
    if (guess < firstRows.length
        && firstRows[guess] <= row
        && row - firstRows[guess] < blocks[guess].length / dimension) {
      return guess;
    }
    int found = Arrays.binarySearch(firstRows, row);
    return found >= 0 ? found : -found - 2;
  }
}
