package io.nightjar.job.guard;

import java.util.Arrays;

/**
 * Where scores of normal images end: the median of given ones and so many deviations, where the
 * deviation is 1.4826 times the median distance from the median, which is the standard deviation
 * for normally distributed scores. Up to half of the given scores may be of foreign images without
 * moving it far.
 *
 * @param deviations above the median, above 0
 */
public record RobustLimit(double median, double deviation, double deviations) {
  private static final double NORMAL_CONSISTENCY = 1.4826;

  /**
   * @param scores of normal images, at least one
   */
  static RobustLimit of(double[] scores, double deviations) {
    double median = median(scores);
    double[] distances = Arrays.stream(scores).map(score -> Math.abs(score - median)).toArray();
    return new RobustLimit(median, NORMAL_CONSISTENCY * median(distances), deviations);
  }

  /** The score beyond which an image is held back. */
  public double value() {
    return median + deviations * deviation;
  }

  boolean isBeyond(double score) {
    return score > value();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
