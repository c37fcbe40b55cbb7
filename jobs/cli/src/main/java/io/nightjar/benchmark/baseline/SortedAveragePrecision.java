package io.nightjar.benchmark.baseline;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Average precision as scikit-learn has it ({@code average_precision_score}): all scores sorted,
 * labels summed up from the highest on, and a step at each distinct score.
 */
public final class SortedAveragePrecision {
  private SortedAveragePrecision() {}

  /**
   * Empty without positives.
   *
   * @param scores not negative, as distances are, so that their bits have their order
   */
  public static OptionalDouble of(float[] scores, boolean[] positive) {
    long[] order = new long[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) Float.floatToIntBits(scores[i]) << Integer.SIZE | i;
    }
    Arrays.sort(order);
    long positives = 0;
    for (boolean label : positive) {
      positives += label ? 1 : 0;
    }
    if (positives == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    double lastRecall = 0;
    long truePositives = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      truePositives += positive[(int) order[i]] ? 1 : 0;
      boolean stepEnds = i == 0 || order[i - 1] >> Integer.SIZE != order[i] >> Integer.SIZE;
      if (stepEnds) {
        double recall = (double) truePositives / positives;
        sum += (recall - lastRecall) * ((double) truePositives / (order.length - i));
        lastRecall = recall;
      }
    }
    return OptionalDouble.of(sum);
  }
}
