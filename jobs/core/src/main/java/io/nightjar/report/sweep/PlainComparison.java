package io.nightjar.report.sweep;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Holm;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.metric.selection.SplitFigures;
import io.nightjar.report.comparison.ComparisonOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compares every configuration of a sweep with the plain method over the same resamples; all
 * configurations are one family of tests.
 *
 * @param spread by what factor resampled differences are taken farther from the difference
 */
record PlainComparison(ComparisonOptions options, SampleFigure figure, double spread) {

  /**
   * The comparisons.
   *
   * @param configurations the plain method first
   * @return in their order; empty for the plain method, and where most resamples lack the figure
   */
  List<Optional<ConfigurationResult.WithPlain>> of(List<SplitFigures> configurations) {
    SplitFigures plain = configurations.get(0);
    Map<Integer, DifferenceTest> family = new LinkedHashMap<>();
    for (int i = 1; i < configurations.size(); i++) {
      SplitFigures one = configurations.get(i);
      double[] differences = differences(plain, one);
      if (differences.length >= Math.max(DifferenceTest.FEWEST, plain.resampled().length / 2)) {
        family.put(
            i,
            DifferenceTest.of(
                differences,
                one.whole() - plain.whole(),
                spread,
                options.tolerance(),
                options.alpha()));
      }
    }
    double[] different =
        Holm.adjusted(family.values().stream().mapToDouble(DifferenceTest::pDifferent).toArray());
    double[] same =
        Holm.adjusted(family.values().stream().mapToDouble(DifferenceTest::pSame).toArray());
    List<Integer> tested = List.copyOf(family.keySet());
    List<Optional<ConfigurationResult.WithPlain>> comparisons = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      int at = tested.indexOf(i);
      double difference = configurations.get(i).whole() - plain.whole();
      comparisons.add(
          at < 0
              ? Optional.empty()
              : Optional.of(comparison(difference, family.get(i), different[at], same[at])));
    }
    return comparisons;
  }

  private static double[] differences(SplitFigures plain, SplitFigures one) {
    return IntStream.range(0, plain.resampled().length)
        .mapToDouble(resample -> one.resampled()[resample] - plain.resampled()[resample])
        .filter(difference -> !Double.isNaN(difference))
        .toArray();
  }

  private ConfigurationResult.WithPlain comparison(
      double difference, DifferenceTest test, double pDifferent, double pSame) {
    return new ConfigurationResult.WithPlain(
        difference,
        test,
        pDifferent,
        pSame,
        Verdict.of(
            figure.gain(difference),
            test,
            pDifferent,
            pSame,
            options.tolerance(),
            options.alpha()));
  }
}
