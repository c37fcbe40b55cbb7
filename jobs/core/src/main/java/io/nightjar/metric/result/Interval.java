package io.nightjar.metric.result;

import java.io.Serializable;

/** A closed interval, {@code lower <= upper}. */
public record Interval(double lower, double upper) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "An interval cannot reach from %s to %s".formatted(lower, upper));
    }
  }
}
