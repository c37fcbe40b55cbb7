package io.nightjar.report;

import io.nightjar.metric.result.Estimate;
import io.nightjar.text.Text;
import java.util.OptionalDouble;

/**
 * A figure, or the reason why it does not exist; never NaN and never a substitute such as 0.
 *
 * @param value the figure, finite
 * @param reason why there is none, in a few words; empty where there is a figure
 */
public record OptionalMetric(OptionalDouble value, String reason) {
  /**
   * Checks that there is a finite figure or a reason, not both.
   *
   * @param value the figure, finite
   * @param reason why there is none, in a few words; empty where there is a figure
   * @throws IllegalArgumentException if the figure is not finite, or there are both or neither
   */
  public OptionalMetric {
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException("A metric is a finite number, not " + value.getAsDouble());
    }
    if (value.isPresent() != reason.isEmpty()) {
      throw new IllegalArgumentException(
          Text.format(
              "A metric has a value or a reason why it has none, not %s and \"%s\"",
              value, reason));
    }
  }

  /**
   * A figure that exists.
   *
   * @param value finite
   * @return the figure
   * @throws IllegalArgumentException if it is not finite
   */
  public static OptionalMetric of(double value) {
    return new OptionalMetric(OptionalDouble.of(value), "");
  }

  /**
   * A figure that does not exist.
   *
   * @param reason why, in a few words without a full stop; not empty
   * @return no figure, with the reason
   * @throws IllegalArgumentException if the reason is empty
   */
  public static OptionalMetric absent(String reason) {
    return new OptionalMetric(OptionalDouble.empty(), reason);
  }

  /**
   * The figure where there is one, otherwise absent for the given reason.
   *
   * @param value the figure, finite; empty where there is none
   * @param reasonIfAbsent why there is none, in a few words; not used where there is one
   * @return the figure or the reason
   * @throws IllegalArgumentException if the figure is not finite
   */
  public static OptionalMetric of(OptionalDouble value, String reasonIfAbsent) {
    return value.isPresent() ? of(value.getAsDouble()) : absent(reasonIfAbsent);
  }

  /**
   * An estimate without its bounds.
   *
   * @param estimate a metric with its bounds, or the reason why it is undefined
   * @return its value or its reason
   */
  public static OptionalMetric of(Estimate estimate) {
    return estimate instanceof Estimate.Undefined undefined
        ? absent(undefined.reason())
        : of(estimate.getAsDouble());
  }

  /**
   * Whether there is a figure.
   *
   * @return false where there is a reason instead
   */
  public boolean isPresent() {
    return value.isPresent();
  }

  /**
   * The figure.
   *
   * @return a finite number
   * @throws IllegalStateException with the reason, where {@link #isPresent} is false
   */
  public double get() {
    return value.orElseThrow(() -> new IllegalStateException("No value: " + reason));
  }
}
