package io.nightjar.pca.components;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;

/** The variances along those components that are kept, and that of all channels together. */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
record KeptVariances(double[] values, double total) {
  /** Below this fraction of the largest variance, float32 patches leave nothing but rounding. */
  private static final double ROUNDING = 0x1p-24;

  /**
   * Those that a rule keeps.
   *
   * @param eigenvalues of all components, descending
   * @param rows patches that they were found from
   * @throws InvalidInputException if all patches are equal
   */
  static KeptVariances of(double[] eigenvalues, long rows, ComponentRule rule) {
    double[] values = withoutRounding(eigenvalues, rows);
    double total = sum(values);
    if (!(total > 0)) {
      throw new InvalidInputException(
          Text.format("All %d patches are equal, so they have no principal components", rows));
    }
    int count = Math.min(fewest(values, rule.variance() * total), rule.most());
    return new KeptVariances(Arrays.copyOf(values, count), total);
  }

  private static double[] withoutRounding(double[] eigenvalues, long rows) {
    double[] values = new double[eigenvalues.length];
    for (int i = 0; i < values.length && i < rows - 1; i++) {
      values[i] = eigenvalues[i] > ROUNDING * eigenvalues[0] ? eigenvalues[i] : 0;
    }
    return values;
  }

  /** Adds in the order of {@link #fewest}, so that the sum of all is reached exactly. */
  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static int fewest(double[] values, double wanted) {
    double reached = 0;
    int count = 0;
    while (reached < wanted) {
      reached += values[count++];
    }
    return count;
  }
}
