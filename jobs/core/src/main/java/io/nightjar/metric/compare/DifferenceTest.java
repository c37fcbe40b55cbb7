package io.nightjar.metric.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A difference of a figure with its uncertainty, from its paired bootstrap.
 *
 * @param lower the alpha/2 quantile of the resampled differences
 * @param upper the 1 - alpha/2 quantile
 * @param pDifferent two-sided p-value of "there is no difference": twice the smaller of the
 *     fractions of resampled differences that are at most and at least 0 (Efron and Tibshirani
 *     1993, ch. 15; Davison and Hinkley 1997, (4.11), for the ones that are added)
 * @param pSame p-value of "the difference is at least as large as the tolerance": the larger of the
 *     fractions that are at most -tolerance and at least tolerance (two one-sided tests, Schuirmann
 *     1987)
 */
public record DifferenceTest(double lower, double upper, double pDifferent, double pSame) {
  /** With fewer resampled differences there is no interval. */
  public static final int FEWEST = 100;

  /**
   * Tests a difference.
   *
   * @param resampled differences, at least {@link #FEWEST}
   * @param difference as reported, around which they lie
   * @param spread by what factor their distances from it are taken larger, as {@link
   *     DrawnUnits#spread} says
   * @param tolerance below which differences do not matter, above 0
   * @param alpha level of the interval, such as 0.05
   * @return the interval and both p-values
   */
  public static DifferenceTest of(
      double[] resampled, double difference, double spread, double tolerance, double alpha) {
    double[] sorted =
        Arrays.stream(resampled)
            .map(d -> difference + spread * (d - difference))
            .sorted()
            .toArray();
    int notAbove = 0;
    int notBelow = 0;
    int tooLow = 0;
    int tooHigh = 0;
    for (double spreadOut : sorted) {
      notAbove += spreadOut <= 0 ? 1 : 0;
      notBelow += spreadOut >= 0 ? 1 : 0;
      tooLow += spreadOut <= -tolerance ? 1 : 0;
      tooHigh += spreadOut >= tolerance ? 1 : 0;
    }
    double all = sorted.length + 1.0;
    return new DifferenceTest(
        quantile(sorted, alpha / 2),
        quantile(sorted, 1 - alpha / 2),
        Math.min(1, 2 * (Math.min(notAbove, notBelow) + 1) / all),
        (Math.max(tooLow, tooHigh) + 1) / all);
  }

  /** Interpolated linearly between the two nearest. */
  private static double quantile(double[] sorted, double fraction) {
    double at = fraction * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Whether the interval lies inside of the tolerance, without its ends.
   *
   * @param tolerance below which differences do not matter, above 0
   * @return false where an end lies on the tolerance
   */
  public boolean isWithin(double tolerance) {
    return lower > -tolerance && upper < tolerance;
  }

  /**
   * How many times as many images it would take until the interval, which narrows with their root,
   * either lies inside of the tolerance or no longer holds 0, if the difference stays what it is.
   * One of several tests has the interval of their number's part of the level, as Bonferroni's
   * correction and the first step of Holm's ask.
   *
   * @param difference as reported
   * @param tolerance below which differences do not matter, above 0
   * @param alpha level of the interval
   * @param tests how many are corrected for, at least 1
   * @return above 0; at most 1 where it might have been decided
   */
  public double neededImages(double difference, double tolerance, double alpha, int tests) {
    NormalDistribution normal = new NormalDistribution();
    double wider =
        normal.inverseCumulativeProbability(1 - alpha / (2 * tests))
            / normal.inverseCumulativeProbability(1 - alpha / 2);
    double half = wider * Math.max(upper - difference, difference - lower);
    double size = Math.abs(difference);
    double enough = Math.max(size, tolerance - size);
    return (half / enough) * (half / enough);
  }
}
