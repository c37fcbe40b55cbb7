package io.nightjar.metric.threshold;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.CompensatedSum;

/**
 * The step-wise AUPRC of {@link PixelMetricsSweep} without its bounds, which take most of its time.
 */
public final class StepAuprc implements BinCounts.Visitor {
  private final CompensatedSum sum = new CompensatedSum();
  private double truePositives;
  private double pixels;

  private StepAuprc() {}

  /**
   * The area, the same to the last bit as the sweep's.
   *
   * @param positives how many of the pixels are positive; NaN where none is
   */
  public static double of(BinCounts counts, long positives) {
    if (positives == 0) {
      return Double.NaN;
    }
    StepAuprc sweep = new StepAuprc();
    counts.descending(sweep);
    return sweep.sum.value() / positives;
  }

  @Override
  public void bin(float lowest, long positives, long negatives) {
    pixels += positives + negatives;
    if (positives > 0) {
      truePositives += positives;
      sum.add(positives * (truePositives / pixels));
    }
  }
}
