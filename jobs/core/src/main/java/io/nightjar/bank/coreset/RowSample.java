package io.nightjar.bank.coreset;

import java.util.SplittableRandom;

/** Rows drawn without replacement, each set of them as likely as any other. */
public final class RowSample {
  private RowSample() {}

  /**
   * Draws rows: ascending numbers below {@code rows} (Knuth, TAOCP 2, algorithm 3.4.2 S).
   *
   * @param rows how many there are
   * @param size how many to draw, 0 to {@code rows}
   * @param seed of the draw; equal seeds draw equal rows
   * @return {@code size} row numbers from 0
   */
  public static int[] draw(int rows, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[size];
    int found = 0;
    for (int row = 0; found < size; row++) {
      if (random.nextInt(rows - row) < size - found) {
        drawn[found++] = row;
      }
    }
    return drawn;
  }
}
