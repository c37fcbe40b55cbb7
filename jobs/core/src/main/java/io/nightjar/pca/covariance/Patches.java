package io.nightjar.pca.covariance;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;

/** Checks that an array is made of whole patches. */
public final class Patches {
  private Patches() {}

  /** The number of patches in an array; refuses one that is not made of whole patches. */
  public static int count(float[] values, int channels) {
    if (values.length % channels != 0) {
      throw new InvalidInputException(
          Text.format(
              "An array of %d values is not made of whole patches of %d channels",
              values.length, channels));
    }
    return values.length / channels;
  }
}
