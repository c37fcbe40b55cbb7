package io.nightjar.report.html;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.text.Text;
import java.util.Optional;

/**
 * A figure from 0 to 1 as a bar.
 *
 * @param width of the bar, in percent of the whole
 * @param whisker its confidence interval, where there is one
 */
public record Bar(String width, Optional<Whisker> whisker) {
  /**
   * A confidence interval on a bar.
   *
   * @param lower its left end, in percent of the whole
   * @param upper its right end
   * @param title both ends, unrounded
   */
  public record Whisker(String lower, String upper, String title) {}

  static Optional<Bar> of(OptionalMetric metric) {
    return of(metric, Optional.empty());
  }

  /** The bar of a figure; empty where there is no figure. */
  static Optional<Bar> of(OptionalMetric metric, Optional<Interval> interval) {
    return metric.isPresent()
        ? Optional.of(new Bar(percent(metric.get()), interval.map(Bar::whisker)))
        : Optional.empty();
  }

  private static Whisker whisker(Interval interval) {
    return new Whisker(
        percent(interval.lower()),
        percent(interval.upper()),
        Text.format("95 %% interval: %s to %s", interval.lower(), interval.upper()));
  }

  /** A fraction as a length in percent. */
  static String percent(double fraction) {
    return Numbers.fixed(100 * fraction, 2) + "%";
  }
}
