package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How runs are compared.
 *
 * @param tolerance the smallest difference of a figure that matters, above 0 and below 1
 * @param alpha the level of intervals and tests, above 0 and below 0.5: intervals hold 1 - alpha
 * @param resamples of the bootstrap, 100 to 1,000,000; with many categories more are made, so that
 *     the correction can reach the level
 * @param seed of the resamples
 * @param figures those that decide on the verdict of a category; empty for the pixel AUPRC, or the
 *     image AUROC where a category has no pixel AUPRC
 * @param allow what may differ between the runs
 */
public record ComparisonOptions(
    double tolerance,
    double alpha,
    int resamples,
    long seed,
    List<ReportedMetric> figures,
    Set<Allowance> allow) {
  /** The defaults: tolerance 0.005, alpha 0.05, 2,000 resamples, seed 42, nothing may differ. */
  public static final ComparisonOptions DEFAULT =
      new ComparisonOptions(0.005, 0.05, 2000, 42, List.of(), Set.of());

  private static final int FEWEST = 100;
  private static final int MOST = 1_000_000;

  /**
   * Checks the ranges.
   *
   * @param tolerance the smallest difference of a figure that matters, above 0 and below 1
   * @param alpha the level of intervals and tests, above 0 and below 0.5: intervals hold 1 - alpha
   * @param resamples of the bootstrap, 100 to 1,000,000; with many categories more are made, so
   *     that the correction can reach the level
   * @param seed of the resamples
   * @param figures those that decide on the verdict of a category; empty for the pixel AUPRC, or
   *     the image AUROC where a category has no pixel AUPRC
   * @param allow what may differ between the runs
   * @throws InvalidInputException naming the option that cannot be used
   */
  public ComparisonOptions {
    figures = List.copyOf(figures);
    allow = Set.copyOf(allow);
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new InvalidInputException(
          Text.format("The option --tolerance is %s; it must be above 0 and below 1.", tolerance));
    }
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new InvalidInputException(
          Text.format("The option --alpha is %s; it must be above 0 and below 0.5.", alpha));
    }
    if (resamples < FEWEST || resamples > MOST) {
      throw new InvalidInputException(
          Text.format(
              "The option --resamples is %d; it must be from %d to %d.", resamples, FEWEST, MOST));
    }
  }

  /** How many resamples are made for so many categories: enough for Holm's smallest p-value. */
  int resamplesFor(int categories) {
    return Math.max(resamples, (int) Math.min(MOST, Math.ceil(2.0 * categories / alpha)));
  }

  /**
   * The options by their names on the command line.
   *
   * @return in a fixed order; numbers and lists of words
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("tolerance", tolerance);
    map.put("alpha", alpha);
    map.put("resamples", resamples);
    map.put("bootstrap_seed", seed);
    map.put("figure", figures.stream().map(ReportedMetric::key).toList());
    map.put("allow", List.copyOf(new TreeSet<>(allow.stream().map(Allowance::word).toList())));
    return map;
  }
}
