package io.nightjar.report.comparison;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.report.ReportedMetric;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One figure in both runs.
 *
 * @param figure which
 * @param baseline its value; empty where there is none
 * @param candidate likewise
 * @param test of the difference; empty where there is no bootstrap
 * @param pDifferent p-value of the hypothesis that there is no difference, corrected for the
 *     categories; NaN without a test
 * @param pSame p-value of the hypothesis that the difference matters, likewise
 * @param verdict on the difference
 * @param neededImages about how many test images it would take to decide; empty where it is decided
 *     or nothing is known
 * @param decides whether the verdict of the category depends on it
 * @param reason why there is no bootstrap or no value; empty where there is one
 */
public record FigureComparison(
    ReportedMetric figure,
    OptionalDouble baseline,
    OptionalDouble candidate,
    Optional<DifferenceTest> test,
    double pDifferent,
    double pSame,
    Verdict verdict,
    OptionalLong neededImages,
    boolean decides,
    String reason) {

  /**
   * Candidate less baseline; empty where one has no value.
   *
   * @return below 0 where the candidate has the smaller value, which is the better one for some
   *     figures
   */
  public OptionalDouble difference() {
    return baseline.isPresent() && candidate.isPresent()
        ? OptionalDouble.of(candidate.getAsDouble() - baseline.getAsDouble())
        : OptionalDouble.empty();
  }

  /**
   * The difference as it counts: above 0 where the figure became better.
   *
   * @return empty where one has no value
   */
  public OptionalDouble gain() {
    OptionalDouble difference = difference();
    return difference.isPresent()
        ? OptionalDouble.of(gain(figure, difference.getAsDouble()))
        : difference;
  }

  /** A change of a figure as it counts: above 0 where it became better. */
  static double gain(ReportedMetric figure, double difference) {
    return SampleFigure.of(figure.key()).map(known -> known.gain(difference)).orElse(difference);
  }

  /** About how many images it would take to decide what is not decided; more than there are. */
  static OptionalLong neededImages(
      Verdict verdict,
      DifferenceTest test,
      double difference,
      ComparisonOptions options,
      long images,
      int tests) {
    if (verdict != Verdict.INCONCLUSIVE) {
      return OptionalLong.empty();
    }
    double factor = test.neededImages(difference, options.tolerance(), options.alpha(), tests);
    return OptionalLong.of(Math.max(images + 1, (long) Math.ceil(images * factor)));
  }
}
