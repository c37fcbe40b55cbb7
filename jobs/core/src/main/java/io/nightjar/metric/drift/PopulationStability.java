package io.nightjar.metric.drift;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index: Σ (p − q) ln(p / q) over bins that each contain a tenth of the
 * reference, q the fraction of the reference in a bin and p that of the run. Bins are bounded by
 * the reference's deciles and include their upper ends; equal deciles are merged. Half an image is
 * added to every bin of both, so that an empty one has a logarithm.
 *
 * @param value 0 where both have the same fractions; above 0.1 is commonly read as a change, above
 *     0.25 as a large one
 * @param bins at most {@value #BINS}
 * @param noise the value that the index exceeds by chance, where nothing has changed, with the
 *     requested probability: the quantile of chi-squared with bins − 1 degrees of freedom, times
 *     1/n + 1/m (Yurdakul, "Statistical properties of population stability index", 2018)
 */
public record PopulationStability(double value, int bins, double noise) {
  static final int BINS = 10;
  private static final double ADDED = 0.5;

  /**
   * Compares a run with its reference.
   *
   * @param alpha the probability that chance alone exceeds {@link #noise}, in (0, 1)
   */
  static PopulationStability between(
      ScoreDistribution reference, ScoreDistribution run, double alpha) {
    double[] cuts =
        IntStream.range(1, BINS)
            .mapToDouble(i -> reference.quantile((double) i / BINS))
            .distinct()
            .toArray();
    double[] expected = fractions(reference, cuts);
    double[] actual = fractions(run, cuts);
    double value = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      value += (actual[bin] - expected[bin]) * Math.log(actual[bin] / expected[bin]);
    }
    double quantile =
        new ChiSquaredDistribution(expected.length - 1).inverseCumulativeProbability(1 - alpha);
    double noise = quantile * (1.0 / reference.images() + 1.0 / run.images());
    return new PopulationStability(value, expected.length, noise);
  }

  private static double[] fractions(ScoreDistribution distribution, double[] cuts) {
    double[] fractions = new double[cuts.length + 1];
    Arrays.fill(fractions, ADDED);
    for (double score : distribution.values()) {
      int at = Arrays.binarySearch(cuts, score);
      fractions[at >= 0 ? at : -at - 1]++;
    }
    double whole = distribution.images() + ADDED * fractions.length;
    return Arrays.stream(fractions).map(count -> count / whole).toArray();
  }
}
