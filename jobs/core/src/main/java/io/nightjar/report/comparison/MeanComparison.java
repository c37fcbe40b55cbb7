package io.nightjar.report.comparison;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.DrawnUnits;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.ReportedMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Compares the means of two runs over the categories that have a figure in both. */
record MeanComparison(Map<String, CategoryFigures> categories, ComparisonOptions options) {

  /**
   * The means.
   *
   * @param without receives the categories that a mean leaves out, by the figure's name
   */
  List<FigureComparison> compare(Map<String, List<String>> without) {
    List<FigureComparison> means = new ArrayList<>();
    for (ReportedMetric figure : ReportedMetric.values()) {
      Map<String, CategoryFigures> having = new LinkedHashMap<>();
      List<String> lacking = new ArrayList<>();
      categories.forEach(
          (name, category) -> {
            CategoryFigures.Value value = category.values().get(figure);
            if (value != null && value.baseline().isPresent() && value.candidate().isPresent()) {
              having.put(name, category);
            } else if (value != null) {
              lacking.add(name);
            }
          });
      if (!having.isEmpty()) {
        means.add(mean(figure, having));
        if (!lacking.isEmpty()) {
          without.put(figure.key(), lacking);
        }
      }
    }
    return means;
  }

  private FigureComparison mean(ReportedMetric figure, Map<String, CategoryFigures> having) {
    OptionalDouble before = average(figure, having, CategoryFigures.Value::baseline);
    OptionalDouble after = average(figure, having, CategoryFigures.Value::candidate);
    boolean identical = having.values().stream().allMatch(CategoryFigures::identical);
    Optional<String> untested =
        having.entrySet().stream()
            .filter(entry -> entry.getValue().values().get(figure).resampled().length == 0)
            .map(entry -> entry.getKey() + ": " + entry.getValue().values().get(figure).reason())
            .findFirst();
    if (identical || untested.isPresent()) {
      return new FigureComparison(
          figure,
          before,
          after,
          Optional.empty(),
          Double.NaN,
          Double.NaN,
          identical ? Verdict.IDENTICAL : Verdict.INCONCLUSIVE,
          OptionalLong.empty(),
          false,
          identical ? "" : untested.orElseThrow());
    }
    double[] resampled = resampled(figure, having);
    if (resampled.length < DifferenceTest.FEWEST) {
      return new FigureComparison(
          figure,
          before,
          after,
          Optional.empty(),
          Double.NaN,
          Double.NaN,
          Verdict.INCONCLUSIVE,
          OptionalLong.empty(),
          false,
          "most resamples do not have it");
    }
    double difference = after.getAsDouble() - before.getAsDouble();
    DifferenceTest test =
        DifferenceTest.of(
            resampled, difference, spread(having), options.tolerance(), options.alpha());
    Verdict verdict =
        Verdict.of(
            FigureComparison.gain(figure, difference),
            test,
            test.pDifferent(),
            test.pSame(),
            options.tolerance(),
            options.alpha());
    long images = having.values().stream().mapToLong(CategoryFigures::images).sum();
    return new FigureComparison(
        figure,
        before,
        after,
        Optional.of(test),
        test.pDifferent(),
        test.pSame(),
        verdict,
        FigureComparison.neededImages(verdict, test, difference, options, images, 1),
        false,
        "");
  }

  private double spread(Map<String, CategoryFigures> having) {
    return having.values().stream()
        .map(CategoryFigures::units)
        .reduce(DrawnUnits.NONE, DrawnUnits::and)
        .spread(options.alpha());
  }

  private static OptionalDouble average(
      ReportedMetric figure,
      Map<String, CategoryFigures> having,
      Function<CategoryFigures.Value, OptionalDouble> side) {
    return having.values().stream()
        .mapToDouble(category -> side.apply(category.values().get(figure)).getAsDouble())
        .average();
  }

  /** The mean of the differences in each resample that all of the categories have. */
  private static double[] resampled(ReportedMetric figure, Map<String, CategoryFigures> having) {
    double[] sums = null;
    for (CategoryFigures category : having.values()) {
      double[] one = category.values().get(figure).resampled();
      if (sums == null) {
        sums = new double[one.length];
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += one[i] / having.size();
      }
    }
    return Arrays.stream(sums).filter(mean -> !Double.isNaN(mean)).toArray();
  }
}
