package io.nightjar.linalg;

import java.util.Arrays;

/**
 * Rows on the Java heap, in the panels that the products run over: of {@link PanelProduct#WIDTH}
 * rows each, a panel keeps every column in an array of its own.
 */
final class JavaRows implements ResidentRows {
  private static final int WIDTH = PanelProduct.WIDTH;

  private final int columns;
  private float[][][] panels;

  JavaRows(int rows, int columns) {
    this.columns = columns;
    panels = new float[(rows - 1) / WIDTH + 1][][];
    for (int panel = 0; panel < panels.length; panel++) {
      panels[panel] = new float[columns][Math.min(WIDTH, rows - panel * WIDTH)];
    }
  }

  @Override
  public void put(int firstRow, float[] block) {
    int end = firstRow + block.length / columns;
    for (int row = firstRow; row < end; ) {
      int from = row % WIDTH;
      int to = Math.min(WIDTH, from + end - row);
      int start = (row - firstRow) * columns;
      for (int column = 0; column < columns; column++) {
        float[] values = panels[row / WIDTH][column];
        for (int i = from; i < to; i++) {
          values[i] = block[start + (i - from) * columns + column];
        }
      }
      row += to - from;
    }
  }

  @Override
  public void multiplyTransposed(float[] queries, int n, int fromRow, int count, float[] out) {
    float[] sum = new float[WIDTH];
    for (int row = fromRow; row < fromRow + count; ) {
      int from = row % WIDTH;
      int to = Math.min(WIDTH, from + fromRow + count - row);
      for (int query = 0; query < n; query++) {
        Arrays.fill(sum, from, to, 0f);
        PanelProduct.add(sum, from, to, panels[row / WIDTH], columns, queries, query * columns, 1);
        System.arraycopy(sum, from, out, query * count + row - fromRow, to - from);
      }
      row += to - from;
    }
  }

  @Override
  public void copyRow(int row, float[] into) {
    for (int column = 0; column < columns; column++) {
      into[column] = panels[row / WIDTH][column][row % WIDTH];
    }
  }

  @Override
  public void close() {
    panels = null;
  }
}
