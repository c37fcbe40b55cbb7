package io.nightjar.metric.result;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * A closed interval, {@code lower <= upper}.
 *
 * @param lower the smallest number within
 * @param upper the largest number within
 */
public record Interval(double lower, double upper) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Checks the order of the ends.
   *
   * @param lower the smallest number within
   * @param upper the largest number within
   * @throws IllegalArgumentException if they are in the wrong order, or one is NaN
   */
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          Text.format("An interval cannot reach from %s to %s", lower, upper));
    }
  }
}
