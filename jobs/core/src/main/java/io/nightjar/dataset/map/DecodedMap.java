package io.nightjar.dataset.map;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;

/**
 * The anomaly scores of a map file.
 *
 * @param values {@code height x width} finite scores, row by row, as float32
 * @param wide the same scores as the file stores them, where it stores float64; otherwise empty,
 *     and the values are exact
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of scores, never compared or used as a key
public record DecodedMap(float[] values, double[] wide, int width, int height) {
  private static final double[] NOT_WIDE = {};

  /** A map of a file that stores float32 or less, with its values checked. */
  static DecodedMap ofFinite(float[] values, int width, int height)
      throws UnreadableImageException {
    return new DecodedMap(values, NOT_WIDE, width, height).checked();
  }

  /** A map of a file that stores float64, with its values rounded to float32 and checked. */
  static DecodedMap ofFinite(double[] wide, int width, int height) throws UnreadableImageException {
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return new DecodedMap(values, wide, width, height).checked();
  }

  /** Whether the file stores float64, of which the values are roundings. */
  public boolean isWide() {
    return wide.length > 0;
  }

  /**
   * The map with every score less an origin. Float64 scores that lie close together, far from 0,
   * are distinct in float32 once they are counted from an origin among them.
   */
  public DecodedMap minus(double origin) {
    if (origin == 0) {
      return this;
    }
    float[] shifted = new float[values.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = (float) ((isWide() ? wide[i] : values[i]) - origin);
    }
    return new DecodedMap(shifted, wide, width, height);
  }

  private DecodedMap checked() throws UnreadableImageException {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UnreadableImageException(
            Text.format(
                "The anomaly map holds %s at column %d, row %d; scores must be finite float32 numbers.",
                isWide() ? wide[i] : values[i], i % width, i / width));
      }
    }
    return this;
  }
}
