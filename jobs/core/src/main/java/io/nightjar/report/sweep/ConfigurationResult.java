package io.nightjar.report.sweep;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration that was evaluated.
 *
 * @param configuration which
 * @param uri of the folder of its evaluation
 * @param value the figure, the mean over the categories
 * @param categories the figure by category
 * @param wins how often it was chosen; 0 where there is no selection
 * @param wallSeconds how long its evaluation took; NaN where it does not say
 * @param comparison with the plain method; empty for that itself, and where there is no test
 */
public record ConfigurationResult(
    SweptConfiguration configuration,
    String uri,
    double value,
    Map<String, Double> categories,
    int wins,
    double wallSeconds,
    Optional<WithPlain> comparison) {

  /**
   * The paired comparison with the plain method.
   *
   * @param difference the configuration's figure less the plain method's
   * @param test of the difference
   * @param pDifferent p-value of the hypothesis that there is no difference, corrected by Holm for
   *     the configurations
   * @param pSame p-value of the hypothesis that the difference matters, likewise
   * @param verdict on the difference
   */
  public record WithPlain(
      double difference, DifferenceTest test, double pDifferent, double pSame, Verdict verdict) {}

  /**
   * Takes an unchangeable copy.
   *
   * @param configuration which
   * @param uri of the folder of its evaluation
   * @param value the figure, the mean over the categories
   * @param categories the figure by category
   * @param wins how often it was chosen; 0 where there is no selection
   * @param wallSeconds how long its evaluation took; NaN where it does not say
   * @param comparison with the plain method; empty for that itself, and where there is no test
   */
  public ConfigurationResult {
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }
}
