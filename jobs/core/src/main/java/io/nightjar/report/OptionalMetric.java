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

  public static OptionalMetric of(double value) {
    return new OptionalMetric(OptionalDouble.of(value), "");
  }

  public static OptionalMetric absent(String reason) {
    return new OptionalMetric(OptionalDouble.empty(), reason);
  }

  /** The figure where there is one, otherwise absent for the given reason. */
  public static OptionalMetric of(OptionalDouble value, String reasonIfAbsent) {
    return value.isPresent() ? of(value.getAsDouble()) : absent(reasonIfAbsent);
  }

  /** An estimate without its bounds. */
  public static OptionalMetric of(Estimate estimate) {
    return estimate instanceof Estimate.Undefined undefined
        ? absent(undefined.reason())
        : of(estimate.getAsDouble());
  }

  public boolean isPresent() {
    return value.isPresent();
  }

  /** The figure; fails where {@link #isPresent} is false. */
  public double get() {
    return value.orElseThrow(() -> new IllegalStateException("No value: " + reason));
  }
}
