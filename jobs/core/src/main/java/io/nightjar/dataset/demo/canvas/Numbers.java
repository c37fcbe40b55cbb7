package io.nightjar.dataset.demo.canvas;

/**
 * The arithmetic that painting needs. Sines and arc tangents come from {@link StrictMath}, whose
 * results are the same on every machine; the rest is exact by the language's own rules.
 */
public final class Numbers {
  /** A full turn in radians. */
  public static final double TURN = 2 * StrictMath.PI;

  private Numbers() {}

  /** The value limited to 0 to 1. */
  public static double clamp(double value) {
    return Math.min(1, Math.max(0, value));
  }

  /** 0 below {@code from}, 1 above {@code to}, smooth between; falls where from is above to. */
  public static double smoothStep(double from, double to, double value) {
    double t = clamp((value - from) / (to - from));
    return t * t * (3 - 2 * t);
  }

  /** Linear interpolation: {@code from} at t = 0, {@code to} at t = 1. */
  public static double mix(double from, double to, double t) {
    return from + (to - from) * t;
  }

  /** The length of a vector. */
  public static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  /** A smooth hump: 1 at the centre, 0 from the given half width on. */
  public static double hump(double offset, double halfWidth) {
    double t = 1 - clamp(Math.abs(offset) / halfWidth);
    return t * t * (3 - 2 * t);
  }

  /** A cosine of one turn for each unit, by a parabola: -1 to 1, cheap enough for each pixel. */
  public static double wave(double turns) {
    double t = Math.abs(turns - Math.floor(turns) - 0.5);
    double fold = 4 * t - 1;
    return fold * (2 - Math.abs(fold));
  }

  /** The value to a power of two, {@code doublings} squarings. */
  public static double squared(double value, int doublings) {
    double result = value;
    for (int i = 0; i < doublings; i++) {
      result *= result;
    }
    return result;
  }
}
