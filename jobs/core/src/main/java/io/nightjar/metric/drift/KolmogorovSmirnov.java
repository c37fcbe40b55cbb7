package io.nightjar.metric.drift;

import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * The two-sample test of Kolmogorov and Smirnov.
 *
 * @param statistic the largest difference between the two empirical distribution functions, in [0,
 *     1]
 * @param pValue the probability that two samples of one distribution differ by as much or more:
 *     exact where the product of the numbers of images is below 10,000, otherwise by the limiting
 *     distribution; an upper bound where scores are tied. Accurate to 1e-15
 */
public record KolmogorovSmirnov(double statistic, double pValue) {

  private static final long EXACT_BELOW = 10_000;

  static KolmogorovSmirnov between(ScoreDistribution reference, ScoreDistribution run) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    int n = reference.images();
    int m = run.images();
    double statistic = test.kolmogorovSmirnovStatistic(reference.values(), run.values());
    // The library's own choice would break ties at random.
    double pValue =
        (long) n * m < EXACT_BELOW
            ? test.exactP(statistic, n, m, false)
            : test.approximateP(statistic, n, m);
    // One minus a sum may be slightly negative.
    return new KolmogorovSmirnov(statistic, Math.max(0, pValue));
  }
}
