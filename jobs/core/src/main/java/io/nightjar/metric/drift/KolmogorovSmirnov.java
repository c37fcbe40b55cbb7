package io.nightjar.metric.drift;

import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * The two-sample test of Kolmogorov and Smirnov.
 *
 * @param statistic the largest difference between the two empirical distribution functions, in [0,
 *     1]
 * @param pValue the probability that two samples of one distribution differ by as much or more:
 *     exact where one of them is a single image or the product of the numbers of images is below
 *     10,000, otherwise by the limiting distribution; an upper bound where scores are tied.
 *     Accurate to 1e-15
 */
public record KolmogorovSmirnov(double statistic, double pValue) {

  private static final long EXACT_BELOW = 10_000;

  static KolmogorovSmirnov between(ScoreDistribution reference, ScoreDistribution run) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    int n = reference.images();
    int m = run.images();
    long largest = largestDifference(reference.values(), run.values());
    double statistic = largest / (double) ((long) n * m);
    double pValue;
    if (Math.min(n, m) == 1) {
      pValue = ofOne(largest, Math.max(n, m));
    } else if ((long) n * m < EXACT_BELOW) {
      // The library's own choice would break ties at random.
      pValue = test.exactP(statistic, n, m, false);
    } else {
      pValue = test.approximateP(statistic, n, m);
    }
    // One minus a sum may be slightly negative.
    return new KolmogorovSmirnov(statistic, Math.max(0, pValue));
  }

  /**
   * One score has any number of m others below it with the same probability, so that one beyond all
   * of them has the p-value 2 / (m + 1); the limit of many says nothing of one.
   */
  private static double ofOne(long largest, int m) {
    long farther = IntStream.rangeClosed(0, m).filter(k -> Math.max(k, m - k) >= largest).count();
    return farther / (m + 1.0);
  }

  /**
   * The largest difference times n m, a whole number. The library's own function wants two values
   * of each, though the test is defined for one.
   *
   * @param reference ascending, at least one
   * @param run ascending, at least one
   */
  private static long largestDifference(double[] reference, double[] run) {
    long n = reference.length;
    long m = run.length;
    long difference = 0;
    long largest = 0;
    int i = 0;
    int j = 0;
    while (i < n && j < m) {
      double score = Math.min(reference[i], run[j]);
      for (; i < n && reference[i] == score; i++) {
        difference += m;
      }
      for (; j < m && run[j] == score; j++) {
        difference -= n;
      }
      largest = Math.max(largest, Math.abs(difference));
    }
    return largest;
  }
}
