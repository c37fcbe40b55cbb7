package io.nightjar.score;

import java.util.Arrays;

/**
 * The mean of the highest values of many, which need not be sorted for it. Which of several equal
 * values are taken makes no difference.
 */
final class HighestMean {
  /** So many values are sorted faster than they are counted first. */
  private static final int SMALL = 1 << 13;

  private static final int GROUP_BITS = 16;

  private HighestMean() {}

  /**
   * The mean of the highest {@code count} values; of all where there are fewer.
   *
   * @param values at least one, in any order; unchanged
   * @param count at least 1
   * @return summed from the lowest up in float64; NaN where one of the values is
   */
  static double of(float[] values, int count) {
    float[] highest = values.length <= SMALL ? values.clone() : candidates(values, count);
    Arrays.sort(highest);
    int taken = Math.min(count, highest.length);
    double sum = 0;
    for (int i = highest.length - taken; i < highest.length; i++) {
      sum += highest[i];
    }
    return sum / taken;
  }

  /**
   * The mean of the highest values.
   *
   * @param fraction of the values, in (0, 1]; their number is rounded to the nearest whole one, a
   *     half upwards, and is at least 1
   */
  static double ofFraction(float[] values, double fraction) {
    return of(values, Math.max(1, (int) Math.round(fraction * values.length)));
  }

  /** The highest values, at least {@code count} where there are as many, and few others. */
  private static float[] candidates(float[] values, int count) {
    int[] sizes = new int[1 << GROUP_BITS];
    for (float value : values) {
      sizes[group(value)]++;
    }
    int lowest = sizes.length - 1;
    int size = sizes[lowest];
    while (size < count && lowest > 0) {
      size += sizes[--lowest];
    }
    float[] candidates = new float[size];
    int next = 0;
    for (float value : values) {
      if (group(value) >= lowest) {
        candidates[next++] = value;
      }
    }
    return candidates;
  }

  /** Sign, exponent and the first bits of the fraction, in the order that sorting gives. */
  private static int group(float value) {
    int bits = Float.floatToIntBits(value);
    return (bits ^ ((bits >> 31) | Integer.MIN_VALUE)) >>> (Integer.SIZE - GROUP_BITS);
  }
}
