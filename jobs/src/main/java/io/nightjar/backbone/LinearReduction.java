package io.nightjar.backbone;

import java.io.Serializable;

/**
 * A linear map from patch embeddings to fewer values, which the network's graph can apply itself:
 * {@code y = directions (x - mean)}.
 *
 * @param mean one value a channel
 * @param directions row-major {@code [components][channels]}
 * @param components values that are left of a patch, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared or used as a key
public record LinearReduction(float[] mean, float[] directions, int components)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public LinearReduction {
    if (components < 1 || directions.length != (long) components * mean.length) {
      throw new IllegalArgumentException(
          "%d components of %d channels need %d values, not %d"
              .formatted(
                  components, mean.length, (long) components * mean.length, directions.length));
    }
  }

  /** Values of a patch before the reduction. */
  public int channels() {
    return mean.length;
  }
}
