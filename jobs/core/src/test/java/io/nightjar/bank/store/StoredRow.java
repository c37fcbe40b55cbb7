package io.nightjar.bank.store;

/** One row that is written to a Parquet file; the object is reused for the next row. */
final class StoredRow {
  private String image;
  private int cell;
  private final float[] values;

  StoredRow(int dimension) {
    this.values = new float[dimension];
  }

  void set(String path, int patch, float[] from, int at) {
    image = path;
    cell = patch;
    System.arraycopy(from, at, values, 0, values.length);
  }

  String image() {
    return image;
  }

  int cell() {
    return cell;
  }

  int dimension() {
    return values.length;
  }

  float value(int i) {
    return values[i];
  }
}
