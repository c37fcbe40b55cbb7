package io.nightjar.linalg;

import io.nightjar.text.Text;
import java.util.Arrays;

/**
 * A small matrix that is applied along one axis of maps, from {@code from} cells to {@code to};
 * {@link PlaneMap} has one for each axis. Immutable; may be used by several threads at once.
 *
 * <p>Such matrices are products of interpolations and have few nonzero entries off their diagonal;
 * only those are multiplied, in float32. Each channel's sum has a fixed order.
 */
public final class AxisMap {
  /** Values of a row that are summed at once; with the terms, short of a first-level cache. */
  private static final int CHUNK = 1024;

  /** Row-major to x from. */
  private final double[][] matrix;

  private final int from;
  private final int[] first;
  private final float[][] weights;

  private AxisMap(double[][] matrix) {
    this.matrix = matrix;
    this.from = matrix[0].length;
    this.first = new int[matrix.length];
    this.weights = new float[matrix.length][];
    for (int row = 0; row < matrix.length; row++) {
      int start = 0;
      int end = from;
      while (start < end - 1 && matrix[row][start] == 0) {
        start++;
      }
      while (end > start + 1 && matrix[row][end - 1] == 0) {
        end--;
      }
      first[row] = start;
      weights[row] = new float[end - start];
      for (int i = start; i < end; i++) {
        weights[row][i - start] = (float) matrix[row][i];
      }
    }
  }

  /**
   * Bilinear interpolation to {@code to} cells a side, with half-pixel centres and without
   * antialiasing: output i lies at {@code (i + 0.5) * from / to - 0.5}, clamped to the first and
   * last centre.
   *
   * @throws IllegalArgumentException if a side is below 1
   */
  public static AxisMap interpolation(int from, int to) {
    Shapes.requireSides("An interpolation", to, from);
    double[][] matrix = new double[to][from];
    for (int i = 0; i < to; i++) {
      double position = (i + 0.5) * from / to - 0.5;
      position = Math.min(Math.max(position, 0), from - 1);
      int before = (int) position;
      double weight = position - before;
      matrix[i][before] += 1 - weight;
      matrix[i][Math.min(before + 1, from - 1)] += weight;
    }
    return new AxisMap(matrix);
  }

  /** Cells along the axis of the input. */
  public int from() {
    return from;
  }

  /** Cells along the axis of the output. */
  public int to() {
    return matrix.length;
  }

  /** Whether this is the identity, which leaves maps unchanged. */
  public boolean isIdentity() {
    for (int i = 0; i < to(); i++) {
      if (first[i] != i || weights[i].length != 1 || matrix[i][i] != 1) {
        return false;
      }
    }
    return from == to();
  }

  /**
   * The transpose of this matrix times the other; the output has the cells of this {@code from}.
   */
  public AxisMap transposedTimes(AxisMap other) {
    if (other.to() != to()) {
      throw new IllegalArgumentException(
          Text.format("Maps of %d and %d cells a side have no cells in common", to(), other.to()));
    }
    double[][] product = new double[from][other.from];
    for (int i = 0; i < from; i++) {
      for (int j = 0; j < other.from; j++) {
        for (int k = 0; k < to(); k++) {
          product[i][j] += matrix[k][i] * other.matrix[k][j];
        }
      }
    }
    return new AxisMap(product);
  }

  /**
   * The upper triangular R (from x from) with {@code R^T R = A^T A}: products of two mapped
   * channels, summed over their cells, are those of the channels that R maps, which has fewer
   * cells.
   *
   * @throws IllegalStateException if the columns of A are linearly dependent
   */
  public AxisMap gramRoot() {
    double[][] rest = transposedTimes(this).matrix;
    double[][] root = new double[from][from];
    for (int i = 0; i < from; i++) {
      if (!(rest[i][i] > 0)) {
        throw new IllegalStateException(
            Text.format("Column %d of %d is linearly dependent on those before it", i, from));
      }
      double pivot = Math.sqrt(rest[i][i]);
      for (int j = i; j < from; j++) {
        root[i][j] = rest[i][j] / pivot;
      }
      for (int k = i + 1; k < from; k++) {
        for (int j = k; j < from; j++) {
          rest[k][j] -= root[i][k] * root[i][j];
        }
      }
    }
    return new AxisMap(root);
  }

  /** The weight of each cell along one side in the sum of all output cells. */
  public double[] columnSums() {
    double[] sums = new double[from];
    for (double[] row : matrix) {
      for (int i = 0; i < from; i++) {
        sums[i] += row[i];
      }
    }
    return sums;
  }

  /**
   * The matrix times the {@code from} rows of {@code length} values each, from element {@code
   * offset} on.
   *
   * @param panel of this axis
   */
  void along(Panel panel, float[] in, int offset, int length, float[] out, int target, int stride) {
    for (int start = 0; start < length; start += panel.sum.length) {
      int count = Math.min(panel.sum.length, length - start);
      for (int row = 0; row < to(); row++) {
        panel.sum(weights[row], in, offset + first[row] * length + start, length, count);
        System.arraycopy(panel.sum, 0, out, target + row * stride + start, count);
      }
    }
  }

  /** Room for rows of up to {@code width} values. */
  Panel panel(int width) {
    return new Panel(Math.min(CHUNK, width));
  }

  /** Copies of the rows that are summed, as {@link PanelProduct} wants them. */
  final class Panel {
    private final float[] sum;
    private final float[][] terms;

    private Panel(int width) {
      sum = new float[width];
      terms = new float[Arrays.stream(weights).mapToInt(row -> row.length).max().orElse(1)][width];
    }

    private void sum(float[] factors, float[] in, int offset, int stride, int count) {
      for (int i = 0; i < factors.length; i++) {
        System.arraycopy(in, offset + i * stride, terms[i], 0, count);
      }
      Arrays.fill(sum, 0, count, 0f);
      PanelProduct.add(sum, 0, count, terms, factors.length, factors, 0, 1);
    }
  }
}
