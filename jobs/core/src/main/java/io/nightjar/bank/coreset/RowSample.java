package io.nightjar.bank.coreset;

import java.util.SplittableRandom;

/** Rows drawn without replacement, each set of them as likely as any other. */
public final class RowSample {
  private RowSample() {}

  /** {@code size} of {@code rows} row numbers, ascending (Knuth, TAOCP 2, algorithm 3.4.2 S). */
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
