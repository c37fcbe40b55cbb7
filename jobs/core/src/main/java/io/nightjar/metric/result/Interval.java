package io.nightjar.metric.result;

import io.nightjar.text.Text;
import java.io.Serializable;

/** A closed interval, {@code lower <= upper}. */
public record Interval(double lower, double upper) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Refuses ends in the wrong order. */
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          Text.format("An interval cannot reach from %s to %s", lower, upper));
    }
  }
}
