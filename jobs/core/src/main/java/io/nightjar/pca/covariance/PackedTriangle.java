package io.nightjar.pca.covariance;

import io.nightjar.text.Text;

/**
 * The layout of the upper triangle of an n x n matrix whose rows follow each other in one array.
 */
public final class PackedTriangle {
  /** The largest side whose full matrix fits into one Java array. */
  static final int MAX_SIDE = 46_340;

  private PackedTriangle() {}

  static int length(int n) {
    return (int) ((long) n * (n + 1) / 2);
  }

  /** The index of the diagonal entry of row {@code i}; the rest of the row follows it. */
  static int diagonal(int n, int i) {
    return (int) ((long) i * n - (long) i * (i - 1) / 2);
  }

  /** Refuses a number of channels whose full matrix does not fit into one array. */
  public static void requireSide(int channels) {
    if (channels < 1 || channels > MAX_SIDE) {
      throw new IllegalArgumentException(
          Text.format("A patch must have between 1 and %d channels, not %d", MAX_SIDE, channels));
    }
  }
}
