package io.nightjar.benchmark.against;

import io.nightjar.benchmark.harness.Timing;
import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * What this build took of another's time or memory, from pairs of runs.
 *
 * <p>The interval of the ratios' median is that of two order statistics, which holds whatever their
 * distribution is: r(k) to r(n + 1 - k) has a coverage of 1 - 2 P(Bin(n, 1/2) &lt; k); k is the
 * largest with 95 %, or 1 where there is none (David and Nagaraja, <i>Order Statistics</i>, 2003,
 * section 7.1).
 *
 * @param other median of the other build
 * @param own median of this one
 * @param ratio median of the pairs' ratios
 * @param lower end of its interval
 * @param upper end of its interval
 * @param coverage of the interval, 0 for one pair
 */
record PairedRatio(
    double other, double own, double ratio, double lower, double upper, double coverage) {
  private static final double WISHED = 0.95;

  static PairedRatio of(double[] other, double[] own) {
    int pairs = other.length;
    double[] ratios = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      ratios[i] = own[i] / other[i];
    }
    Arrays.sort(ratios);
    int rank = 1;
    while (rank < (pairs + 1) / 2 && coverage(pairs, rank + 1) >= WISHED) {
      rank++;
    }
    return new PairedRatio(
        median(other),
        median(own),
        median(ratios),
        ratios[rank - 1],
        ratios[pairs - rank],
        coverage(pairs, rank));
  }

  private static double coverage(int pairs, int rank) {
    // No random numbers are drawn.
    return Math.max(
        0, 1 - 2 * new BinomialDistribution(null, pairs, 0.5).cumulativeProbability(rank - 1));
  }

  private static double median(double[] values) {
    return Timing.median(Arrays.stream(values).boxed().toList());
  }
}
