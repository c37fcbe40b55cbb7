package io.nightjar.metric.drift;

import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * The two-sample test of Kolmogorov and Smirnov.
 *
 * @param statistic the largest difference between the two empirical distribution functions, in [0,
 *     1]
 * @param pValue how often two samples of one distribution differ by as much: exact where the
 *     product of the numbers of images is below 10,000, otherwise by the limiting distribution
 */
public record KolmogorovSmirnov(double statistic, double pValue) {

  static KolmogorovSmirnov between(ScoreDistribution reference, ScoreDistribution run) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    double[] expected = reference.values();
    double[] actual = run.values();
    return new KolmogorovSmirnov(
        test.kolmogorovSmirnovStatistic(expected, actual),
        test.kolmogorovSmirnovTest(expected, actual));
  }
}
