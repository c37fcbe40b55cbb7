package io.nightjar.dataset.map;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;

/**
 * The anomaly scores of a map file.
 *
 * @param values {@code height x width} finite scores, row by row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of scores, never compared or used as a key
public record DecodedMap(float[] values, int width, int height) {

  /** The map with its values checked: each of them a finite number. */
  static DecodedMap ofFinite(float[] values, int width, int height)
      throws UnreadableImageException {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new UnreadableImageException(
            Text.format(
                "The anomaly map holds %s at column %d, row %d; scores must be finite float32 numbers.",
                values[i], i % width, i / width));
      }
    }
    return new DecodedMap(values, width, height);
  }
}
