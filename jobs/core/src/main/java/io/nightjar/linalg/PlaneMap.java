package io.nightjar.linalg;

/**
 * A matrix for each axis of maps: a map of {@code [rows.from][columns.from]} cells is turned into
 * one of {@code [rows.to][columns.to]}, by {@code rows (x) columns}. Immutable; may be used by
 * several threads at once.
 *
 * @param rows applied along the height
 * @param columns applied along the width
 */
public record PlaneMap(AxisMap rows, AxisMap columns) {

  /**
   * Bilinear interpolation, see {@link AxisMap#interpolation}.
   *
   * @param fromRows height of the maps
   * @param fromColumns width of the maps
   * @param toRows height of the interpolated maps
   * @param toColumns width of the interpolated maps
   * @throws IllegalArgumentException if a side is below 1
   */
  public static PlaneMap interpolation(int fromRows, int fromColumns, int toRows, int toColumns) {
    return new PlaneMap(
        AxisMap.interpolation(fromRows, toRows), AxisMap.interpolation(fromColumns, toColumns));
  }

  /** Whether maps are left unchanged. */
  public boolean isIdentity() {
    return rows.isIdentity() && columns.isIdentity();
  }

  /** {@link AxisMap#transposedTimes} on each axis. */
  public PlaneMap transposedTimes(PlaneMap other) {
    return new PlaneMap(rows.transposedTimes(other.rows), columns.transposedTimes(other.columns));
  }

  /** {@link AxisMap#gramRoot} on each axis. */
  public PlaneMap gramRoot() {
    return new PlaneMap(rows.gramRoot(), columns.gramRoot());
  }

  /**
   * Maps {@code [rows.from][columns.from][channels]}, from element {@code offset} on, to {@code
   * [rows.to][columns.to][channels]}, from element {@code target} on.
   */
  public void apply(float[] map, int offset, int channels, float[] out, int target) {
    int length = columns.from() * channels;
    // Rows first: they are contiguous.
    float[] between = new float[rows.to() * length];
    rows.along(rows.panel(length), map, offset, length, between, 0, length);
    AxisMap.Panel panel = columns.panel(length);
    for (int row = 0; row < rows.to(); row++) {
      columns.along(
          panel,
          between,
          row * length,
          channels,
          out,
          target + row * columns.to() * channels,
          channels);
    }
  }
}
