package io.nightjar.backbone.engine;

import io.nightjar.text.Text;

/** The relative difference of two arrays: the norm of the difference over that of the second. */
public final class Frobenius {
  private Frobenius() {}

  public static double relative(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalArgumentException(
          Text.format("%d values cannot be compared with %d", actual.length, expected.length));
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / norm);
  }
}
