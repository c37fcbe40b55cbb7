package io.nightjar.io;

/** IEEE 754 binary16 numbers as the bits of a short. */
public final class Half {
  /** The largest finite binary16. */
  public static final float LARGEST = 65504;

  /** From here on a float rounds to infinity: half a unit above the largest. */
  private static final float OVERFLOW = 65520;

  /** The smallest normal binary16. */
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  private Half() {}

  /** The value, exactly. */
  public static float toFloat(short half) {
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 31) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
    }
    return half < 0 ? -magnitude : magnitude;
  }

  /** The nearest binary16, ties to even. */
  public static short of(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    int bits;
    if (Float.isNaN(value)) {
      bits = 0x7E00;
    } else if (magnitude >= OVERFLOW) {
      bits = 0x7C00;
    } else if (magnitude < SMALLEST_NORMAL) {
      // Subnormals are whole multiples of 2^-24; rint rounds ties to even.
      bits = (int) Math.rint(magnitude * 0x1p24);
    } else {
      int wide = Float.floatToRawIntBits(magnitude);
      // A carry out of the fraction raises the exponent, as it should.
      int rounded = wide + 0xFFF + (wide >>> 13 & 1);
      bits = (rounded >>> 13) - (112 << 10);
    }
    return (short) (sign | bits);
  }
}
