package io.nightjar.bank.kmeans;

import io.nightjar.bank.search.MemoryBank;
import java.util.Arrays;

/**
 * The mean of a bank's rows, which is subtracted from rows and queries before inner products are
 * computed. Far from the origin the expansion of a distance into inner products cancels; near the
 * mean it does not.
 */
public final class Centre {
  private final float[] mean;

  /** Computes the mean of a bank's rows. */
  public Centre(MemoryBank bank) {
    int dimension = bank.dimension();
    double[] sums = new double[dimension];
    for (float[] block : bank.blocks()) {
      for (int at = 0; at < block.length; at += dimension) {
        for (int i = 0; i < dimension; i++) {
          sums[i] += block[at + i];
        }
      }
    }
    mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sums[i] / bank.rows());
    }
  }

  /** The rows {@code order[from]}, {@code order[from + 1]}, ..., centred. */
  public float[] centred(MemoryBank bank, int[] order, int from, int count) {
    float[] centred = new float[count * mean.length];
    for (int i = 0; i < count; i++) {
      bank.copyRow(order[from + i], centred, i * mean.length);
    }
    takeOff(centred);
    return centred;
  }

  /** {@code count} rows from row {@code from} on, each value's difference rounded to float32. */
  public float[] centred(float[] rows, int from, int count) {
    float[] centred = Arrays.copyOfRange(rows, from * mean.length, (from + count) * mean.length);
    takeOff(centred);
    return centred;
  }

  private void takeOff(float[] rows) {
    for (int at = 0; at < rows.length; at += mean.length) {
      for (int i = 0; i < mean.length; i++) {
        rows[at + i] -= mean[i];
      }
    }
  }

  /** Squared length of one row, in float64. */
  public static double squaredNorm(float[] rows, int row, int dimension) {
    double sum = 0;
    for (int i = row * dimension; i < (row + 1) * dimension; i++) {
      sum += (double) rows[i] * rows[i];
    }
    return sum;
  }
}
