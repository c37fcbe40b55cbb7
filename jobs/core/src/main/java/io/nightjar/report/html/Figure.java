package io.nightjar.report.html;

import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import java.util.OptionalDouble;

/**
 * A number as the page shows it.
 *
 * @param shown rounded; a dash where there is no number
 * @param full all of its digits, or why there is none
 */
public record Figure(String shown, String full) {
  /** With four decimals. */
  static Figure of(OptionalMetric metric) {
    return new Figure(
        dash(Numbers.metric(metric.value())),
        metric.isPresent() ? Double.toString(metric.get()) : metric.reason());
  }

  /** A published number, with the three decimals that papers print. */
  static Figure published(OptionalDouble value) {
    return new Figure(
        dash(Numbers.published(value)),
        value.isPresent() ? Double.toString(value.getAsDouble()) : "not published");
  }

  /** Seconds, with one decimal. */
  static Figure seconds(double seconds) {
    return new Figure(Numbers.fixed(seconds, 1), Double.toString(seconds));
  }

  private static String dash(String shown) {
    return shown.equals("-") ? "–" : shown;
  }
}
