package io.nightjar.metric.drift;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index: Σ (p − q) ln(p / q) over the bins that hold a tenth of the
 * reference each, q the reference's share of a bin and p the run's. Bins lie between the
 * reference's deciles and include their upper ends; deciles that coincide are one. Half an image is
 * added to every bin of both, so that an empty one has a logarithm.
 *
 * @param value 0 where both have the same shares; above 0.1 is commonly read as a change, above
 *     0.25 as a large one
 * @param bins at most {@value #BINS}
 * @param noise what the index exceeds by chance, where nothing has changed, as seldom as asked: the
 *     quantile of chi-squared with bins − 1 degrees of freedom, times 1/n + 1/m (Yurdakul,
 *     "Statistical properties of population stability index", 2018)
 */
public record PopulationStability(double value, int bins, double noise) {
  static final int BINS = 10;
  private static final double ADDED = 0.5;

  /**
   * Compares a run with its reference.
   *
   * @param alpha how seldom chance alone may exceed {@link #noise}, in (0, 1)
   */
  static PopulationStability between(
      ScoreDistribution reference, ScoreDistribution run, double alpha) {
    double[] cuts =
        IntStream.range(1, BINS)
            .mapToDouble(i -> reference.quantile((double) i / BINS))
            .distinct()
            .toArray();
    double[] expected = shares(reference, cuts);
    double[] actual = shares(run, cuts);
    double value = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      value += (actual[bin] - expected[bin]) * Math.log(actual[bin] / expected[bin]);
    }
    double quantile =
        new ChiSquaredDistribution(expected.length - 1).inverseCumulativeProbability(1 - alpha);
    double noise = quantile * (1.0 / reference.images() + 1.0 / run.images());
    return new PopulationStability(value, expected.length, noise);
  }

  private static double[] shares(ScoreDistribution distribution, double[] cuts) {
    double[] shares = new double[cuts.length + 1];
    Arrays.fill(shares, ADDED);
    for (double score : distribution.values()) {
      int at = Arrays.binarySearch(cuts, score);
      shares[at >= 0 ? at : -at - 1]++;
    }
    double whole = distribution.images() + ADDED * shares.length;
    return Arrays.stream(shares).map(share -> share / whole).toArray();
  }
}
