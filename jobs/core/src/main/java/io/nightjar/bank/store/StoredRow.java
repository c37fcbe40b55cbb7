package io.nightjar.bank.store;

/** One row of a Parquet file; the object is reused for the next row. */
final class StoredRow {
  private String image;
  private int cell;
  private final float[] values;
  private int dimension;

  StoredRow(int dimension) {
    this.values = new float[dimension];
  }

  void set(String path, int patch, float[] from, int at) {
    image = path;
    cell = patch;
    dimension = values.length;
    System.arraycopy(from, at, values, 0, dimension);
  }

  void clear() {
    dimension = 0;
  }

  void setImage(String path) {
    image = path;
  }

  void setCell(int patch) {
    cell = patch;
  }

  /** Adds a value; those beyond the row's length are counted and not kept. */
  void add(float value) {
    if (dimension < values.length) {
      values[dimension] = value;
    }
    dimension++;
  }

  String image() {
    return image;
  }

  int cell() {
    return cell;
  }

  int dimension() {
    return dimension;
  }

  float value(int i) {
    return values[i];
  }

  void copyTo(float[] into, int at) {
    System.arraycopy(values, 0, into, at, dimension);
  }
}
