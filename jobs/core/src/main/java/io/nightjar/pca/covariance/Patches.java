package io.nightjar.pca.covariance;

import io.nightjar.error.InvalidInputException;

/** Arrays of whole patches. */
public final class Patches {
  private Patches() {}

  public static int count(float[] values, int channels) {
    if (values.length % channels != 0) {
      throw new InvalidInputException(
          "An array of %d values is not made of whole patches of %d channels"
              .formatted(values.length, channels));
    }
    return values.length / channels;
  }
}
