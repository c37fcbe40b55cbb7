package io.nightjar.linalg;

/**
 * The inner loops of the products in plain Java: one row of a result, against a panel of rows that
 * the caller keeps small enough for the processor's caches.
 *
 * <p>The loops are written for the vectoriser of HotSpot's C2 (JDK 17). It vectorises a loop only
 * if all its float accesses use the loop's index itself, hence a panel of separate arrays without
 * offsets, and only if the body is small, hence four rows at a time into one sum. Plain products
 * and sums are as fast here as {@code Math.fma}, which would take a thousand times as long where
 * the processor, or the virtual machine it belongs to, has no such instruction.
 *
 * <p>The order of each sum depends on {@code depth} alone, and Java rounds floats alike everywhere,
 * so results are the same bits on any platform. No product passes through more roundings than in a
 * plain loop over {@code depth} terms.
 */
final class PanelProduct {
  /**
   * Columns of a panel: long enough for vector instructions to pay, with four rows and the sum
   * below 16 KiB.
   */
  static final int WIDTH = 512;

  /** Values of a panel: 256 KiB, at most half of a core's second-level cache. */
  private static final int VALUES = 1 << 16;

  private PanelProduct() {}

  /** The width of equally wide panels, none above {@link #WIDTH}, that together hold n columns. */
  static int width(int n) {
    int panels = (n + WIDTH - 1) / WIDTH;
    return (n + panels - 1) / panels;
  }

  /** The rows, a multiple of four, that a panel of this width holds. */
  static int depth(int width) {
    return VALUES / width & ~3;
  }

  /**
   * {@code sum[j] += a[offset] panel[0][j] + a[offset + stride] panel[1][j] + ...} for j in [from,
   * to).
   *
   * @param depth how many rows of the panel are summed
   */
  static void add(
      float[] sum,
      int from,
      int to,
      float[][] panel,
      int depth,
      float[] a,
      int offset,
      int stride) {
    int row = 0;
    int at = offset;
    for (; row + 4 <= depth; row += 4, at += 4 * stride) {
      addFour(
          sum,
          from,
          to,
          panel[row],
          panel[row + 1],
          panel[row + 2],
          panel[row + 3],
          a[at],
          a[at + stride],
          a[at + 2 * stride],
          a[at + 3 * stride]);
    }
    for (; row < depth; row++, at += stride) {
      addOne(sum, from, to, panel[row], a[at]);
    }
  }

  private static void addFour(
      float[] sum,
      int from,
      int to,
      float[] row0,
      float[] row1,
      float[] row2,
      float[] row3,
      float a0,
      float a1,
      float a2,
      float a3) {
    for (int j = from; j < to; j++) {
      sum[j] += (a0 * row0[j] + a1 * row1[j]) + (a2 * row2[j] + a3 * row3[j]);
    }
  }

  private static void addOne(float[] sum, int from, int to, float[] row, float a) {
    for (int j = from; j < to; j++) {
      sum[j] += a * row[j];
    }
  }
}
