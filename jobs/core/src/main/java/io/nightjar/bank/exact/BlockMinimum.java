package io.nightjar.bank.exact;

/** The smallest difference of two float arrays over a range. */
final class BlockMinimum {
  private BlockMinimum() {}

  /** The smallest {@code a[aFrom + i] - b[bFrom + i]} for i below {@code count}. */
  static float of(float[] a, int aFrom, float[] b, int bFrom, int count) {
    float minimum = Float.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      minimum = Math.min(minimum, a[aFrom + i] - b[bFrom + i]);
    }
    return minimum;
  }
}
