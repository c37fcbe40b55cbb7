package io.nightjar.report.sweep;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a configuration is chosen and compared.
 *
 * @param comparison with the plain method; the first of its figures is the one that is chosen by,
 *     without one the pixel AUPRC, or the image AUROC where the plain method has no pixel figures
 * @param repetitions how often the test images are divided into halves, 10 to 100,000
 * @param splitSeed of the halves
 */
public record SweepOptions(ComparisonOptions comparison, int repetitions, long splitSeed) {
  /** The defaults: those of comparisons, 200 repetitions, seed 1. */
  public static final SweepOptions DEFAULT = new SweepOptions(ComparisonOptions.DEFAULT, 200, 1);

  private static final int FEWEST = 10;
  private static final int MOST = 100_000;

  /**
   * Checks the ranges.
   *
   * @param comparison with the plain method; the first of its figures is the one that is chosen by
   * @param repetitions how often the test images are divided into halves, 10 to 100,000
   * @param splitSeed of the halves
   * @throws InvalidInputException naming the option that cannot be used
   */
  public SweepOptions {
    if (repetitions < FEWEST || repetitions > MOST) {
      throw new InvalidInputException(
          Text.format(
              "The option --repetitions is %d; it must be from %d to %d.",
              repetitions, FEWEST, MOST));
    }
    if (comparison.figures().size() > 1) {
      throw new InvalidInputException(
          Text.format(
              "The option --figure names %d figures; a configuration is chosen by one.",
              comparison.figures().size()));
    }
  }

  /** Resamples for so many tests: enough for Holm's smallest p-value. */
  int resamplesFor(int tests) {
    return Math.max(comparison.resamples(), (int) Math.ceil(2.0 * tests / comparison.alpha()));
  }

  /**
   * The options by their names on the command line.
   *
   * @return in a fixed order; numbers and lists of words
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("figure", comparison.asMap().get("figure"));
    map.put("repetitions", repetitions);
    map.put("split_seed", splitSeed);
    map.put("tolerance", comparison.tolerance());
    map.put("alpha", comparison.alpha());
    map.put("resamples", comparison.resamples());
    map.put("bootstrap_seed", comparison.seed());
    return map;
  }
}
