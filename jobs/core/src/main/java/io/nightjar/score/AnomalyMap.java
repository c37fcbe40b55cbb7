package io.nightjar.score;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * Anomaly scores on a grid over an image: higher means more anomalous.
 *
 * @param values {@code height x width} scores, row by row; kept, not copied
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of scores, never compared or used as a key
public record AnomalyMap(float[] values, int width, int height) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Refuses an array whose length does not fit the size. */
  public AnomalyMap {
    if (width < 1 || height < 1 || values.length != (long) width * height) {
      throw new IllegalArgumentException(
          Text.format(
              "An anomaly map of %d x %d needs %d values, not %d",
              width, height, (long) width * height, values.length));
    }
  }

  /** The largest score; NaN where any score is NaN. */
  public float max() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }
}
