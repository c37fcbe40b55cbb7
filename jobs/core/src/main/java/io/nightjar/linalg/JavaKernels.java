package io.nightjar.linalg;

import java.util.Arrays;

/** Plain Java: for platforms without natives, and to check OpenBLAS against. */
public final class JavaKernels implements Kernels {

  @Override
  public String description() {
    return "Java";
  }

  @Override
  public void multiply(float[] a, int m, int k, float[] b, int n, float[] c) {
    product(a, k, 1, m, k, b, n, c);
  }

  @Override
  public void gramUpper(float[] a, int offset, int rows, int n, float[] c) {
    int width = PanelProduct.width(n);
    int depth = Math.min(rows, PanelProduct.depth(width));
    float[][] panel = new float[depth][width];
    float[] sum = new float[width];
    for (int first = 0; first < rows; first += depth) {
      int terms = Math.min(depth, rows - first);
      int start = offset + first * n;
      for (int column = 0; column < n; column += width) {
        int columns = Math.min(width, n - column);
        copyPanel(a, start + column, n, panel, terms, columns);
        for (int row = 0; row < column + columns; row++) {
          // A row of the result starts at its diagonal entry.
          int from = Math.max(0, row - column);
          int target = row * n + column + from;
          load(sum, from, first == 0, c, target, columns - from);
          PanelProduct.add(sum, from, columns, panel, terms, a, start + row, n);
          System.arraycopy(sum, from, c, target, columns - from);
        }
      }
    }
  }

  @Override
  public void transposedMultiply(float[] a, int rows, int m, float[] b, int n, float[] c) {
    product(a, 1, m, m, rows, b, n, c);
  }

  /** C(m x n) = A B, where A's (i, j) is {@code a[i * rowStep + j * termStep]}, for k terms j. */
  private static void product(
      float[] a, int rowStep, int termStep, int m, int k, float[] b, int n, float[] c) {
    int width = PanelProduct.width(n);
    int depth = Math.min(k, PanelProduct.depth(width));
    float[][] panel = new float[depth][width];
    float[] sum = new float[width];
    for (int column = 0; column < n; column += width) {
      int columns = Math.min(width, n - column);
      for (int first = 0; first < k; first += depth) {
        int terms = Math.min(depth, k - first);
        copyPanel(b, first * n + column, n, panel, terms, columns);
        for (int row = 0; row < m; row++) {
          int target = row * n + column;
          load(sum, 0, first == 0, c, target, columns);
          PanelProduct.add(
              sum, 0, columns, panel, terms, a, row * rowStep + first * termStep, termStep);
          System.arraycopy(sum, 0, c, target, columns);
        }
      }
    }
  }

  private static void copyPanel(
      float[] from, int offset, int stride, float[][] panel, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, offset + row * stride, panel[row], 0, columns);
    }
  }

  /** The sum of the panels so far; zero before the first. */
  private static void load(float[] sum, int at, boolean first, float[] c, int source, int count) {
    if (first) {
      Arrays.fill(sum, at, at + count, 0f);
    } else {
      System.arraycopy(c, source, sum, at, count);
    }
  }

  @Override
  public ResidentRows resident(int rows, int columns) {
    return new JavaRows(rows, columns);
  }

  @Override
  public int eigen(double[] matrix, int n, double[] values) {
    return JavaEigen.solve(matrix, n, values);
  }
}
