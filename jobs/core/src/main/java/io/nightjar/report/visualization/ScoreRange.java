package io.nightjar.report.visualization;

import java.io.Serializable;

/**
 * The scores that the colours of a visualization span; one range for all of a category makes them
 * comparable.
 *
 * @param low shown blue, as is everything below
 * @param high shown red, as is everything above
 */
public record ScoreRange(float low, float high) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ScoreRange {
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException("No range of scores: " + low + " to " + high);
    }
  }

  /** Where a score lies in the range, from 0 to 1. */
  float position(float score) {
    return high == low ? 0 : Math.min(1, Math.max(0, (score - low) / (high - low)));
  }
}
