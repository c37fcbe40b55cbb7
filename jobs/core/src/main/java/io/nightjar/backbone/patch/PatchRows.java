package io.nightjar.backbone.patch;

import java.util.List;

/** Rows of patches whose columns belong to several branches of an embedding. */
public final class PatchRows {
  private PatchRows() {}

  /**
   * Rows next to each other.
   *
   * @param parts row-major, each {@code [rows][its own columns]}
   * @param rows of each part, at least 1
   * @return row-major {@code [rows][the columns of all parts in their order]}; the part itself
   *     where there is one
   */
  public static float[] concatenated(List<float[]> parts, int rows) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int width = parts.stream().mapToInt(part -> part.length / rows).sum();
    float[] all = new float[Math.multiplyExact(rows, width)];
    int first = 0;
    for (float[] part : parts) {
      int columns = part.length / rows;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(part, row * columns, all, row * width + first, columns);
      }
      first += columns;
    }
    return all;
  }

  /**
   * Some consecutive columns of rows.
   *
   * @param values row-major {@code [rows][width]}
   * @param rows to take, from the first on
   * @param width columns of the values
   * @param first the first column to take
   * @param columns how many to take
   * @return row-major {@code [rows][columns]}
   */
  public static float[] columns(float[] values, int rows, int width, int first, int columns) {
    float[] taken = new float[Math.multiplyExact(rows, columns)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * width + first, taken, row * columns, columns);
    }
    return taken;
  }
}
