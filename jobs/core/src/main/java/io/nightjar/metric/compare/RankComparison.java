package io.nightjar.metric.compare;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * Several methods on several data sets by the ranks of a figure: Friedman's test with the F
 * statistic of Iman and Davenport, and Nemenyi's critical difference (Demšar, <i>Statistical
 * comparisons of classifiers over multiple data sets</i>, JMLR 7, 2006, section 3.2).
 *
 * @param meanRanks of each method, 1 for the best, ties sharing the mean of their ranks
 * @param blocks over how many data sets, N
 * @param chiSquared Friedman's statistic, 12 N / (k (k + 1)) (sum of R² - k (k + 1)² / 4)
 * @param pChiSquared its p-value with k - 1 degrees of freedom
 * @param f (N - 1) chi² / (N (k - 1) - chi²); infinite where all data sets rank alike
 * @param pF its p-value with k - 1 and (k - 1)(N - 1) degrees of freedom
 * @param criticalDifference of mean ranks, q sqrt(k (k + 1) / (6 N)); two methods that are at least
 *     as far apart differ
 * @param groups methods that do not differ, each group as large as it can be, by their indexes in
 *     the order of mean ranks
 */
public record RankComparison(
    List<Double> meanRanks,
    int blocks,
    double chiSquared,
    double pChiSquared,
    double f,
    double pF,
    double criticalDifference,
    List<List<Integer>> groups) {

  /**
   * Takes unchangeable copies.
   *
   * @param meanRanks of each method, 1 for the best, ties sharing the mean of their ranks
   * @param blocks over how many data sets, N
   * @param chiSquared Friedman's statistic, 12 N / (k (k + 1)) (sum of R² - k (k + 1)² / 4)
   * @param pChiSquared its p-value with k - 1 degrees of freedom
   * @param f (N - 1) chi² / (N (k - 1) - chi²); infinite where all data sets rank alike
   * @param pF its p-value with k - 1 and (k - 1)(N - 1) degrees of freedom
   * @param criticalDifference of mean ranks, q sqrt(k (k + 1) / (6 N)); two methods that are at
   *     least as far apart differ
   * @param groups methods that do not differ, each group as large as it can be, by their indexes in
   *     the order of mean ranks
   */
  public RankComparison {
    meanRanks = List.copyOf(meanRanks);
    groups = List.copyOf(groups);
  }

  /**
   * Ranks methods.
   *
   * @param gains by data set and method: the larger, the better
   * @param alpha level of the critical difference
   * @return ranks, tests and groups
   * @throws IllegalArgumentException with fewer than two data sets or two methods
   */
  public static RankComparison of(double[][] gains, double alpha) {
    int blocks = gains.length;
    int methods = blocks == 0 ? 0 : gains[0].length;
    if (blocks < 2 || methods < 2) {
      throw new IllegalArgumentException(
          Text.format("%d methods cannot be ranked over %d data sets", methods, blocks));
    }
    double[] sums = new double[methods];
    for (double[] block : gains) {
      double[] ranks = ranks(block);
      for (int method = 0; method < methods; method++) {
        sums[method] += ranks[method];
      }
    }
    double k = methods;
    double n = blocks;
    double squares = Arrays.stream(sums).map(sum -> sum / n * (sum / n)).sum();
    double chiSquared = Math.max(0, 12 * n / (k * (k + 1)) * (squares - k * (k + 1) * (k + 1) / 4));
    double rest = n * (k - 1) - chiSquared;
    // Ranks are multiples of 1/2, so that a smaller rest is one of rounding.
    double f = rest < 1e-9 ? Double.POSITIVE_INFINITY : (n - 1) * chiSquared / rest;
    double difference =
        StudentizedRange.quantile(1 - alpha, methods)
            / Math.sqrt(2)
            * Math.sqrt(k * (k + 1) / (6 * n));
    List<Double> means = Arrays.stream(sums).map(sum -> sum / n).boxed().toList();
    return new RankComparison(
        means,
        blocks,
        chiSquared,
        1 - new ChiSquaredDistribution(k - 1).cumulativeProbability(chiSquared),
        f,
        Double.isInfinite(f)
            ? 0
            : 1 - new FDistribution(k - 1, (k - 1) * (n - 1)).cumulativeProbability(f),
        difference,
        groups(means, difference));
  }

  /** From 1 for the largest; ties share the mean of their ranks. */
  static double[] ranks(double[] gains) {
    double[] ranks = new double[gains.length];
    for (int i = 0; i < gains.length; i++) {
      double above = 0;
      double ties = 0;
      for (double other : gains) {
        above += other > gains[i] ? 1 : 0;
        ties += other == gains[i] ? 1 : 0;
      }
      ranks[i] = above + (ties + 1) / 2;
    }
    return ranks;
  }

  private static List<List<Integer>> groups(List<Double> means, double difference) {
    List<Integer> order =
        IntStream.range(0, means.size())
            .boxed()
            .sorted(Comparator.comparingDouble(means::get))
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    int reached = 0;
    for (int first = 0; first < order.size(); first++) {
      int end = first + 1;
      while (end < order.size()
          && means.get(order.get(end)) - means.get(order.get(first)) < difference) {
        end++;
      }
      if (end > reached && end - first > 1) {
        groups.add(List.copyOf(order.subList(first, end)));
      }
      reached = Math.max(reached, end);
    }
    return groups;
  }
}
