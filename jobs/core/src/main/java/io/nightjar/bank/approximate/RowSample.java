package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import java.util.SplittableRandom;

/** Distinct rows of a bank, drawn from a seed. */
public final class RowSample {
  private RowSample() {}

  /**
   * Row numbers in ascending order: {@code size} of them, or all where there are no more.
   *
   * @param rows how many there are
   * @param size how many to draw, from 0
   * @param seed of the draw; equal seeds draw equal rows
   * @return row numbers from 0, none twice
   */
  public static int[] draw(int rows, int size, long seed) {
    int[] drawn = new int[Math.min(rows, size)];
    SplittableRandom random = new SplittableRandom(seed);
    int taken = 0;
    // Each row is taken with the chance that leaves all samples equally likely (Knuth, algorithm
    // S).
    for (int row = 0; taken < drawn.length; row++) {
      if (random.nextInt(rows - row) < drawn.length - taken) {
        drawn[taken++] = row;
      }
    }
    return drawn;
  }

  /**
   * The values of a row.
   *
   * @param bank that has the row
   * @param row its number, from 0
   * @return a copy, as long as the bank's dimension
   */
  public static float[] values(MemoryBank bank, int row) {
    float[] values = new float[bank.dimension()];
    bank.copyRow(row, values, 0);
    return values;
  }
}
