package io.nightjar.backbone.weights;

/**
 * The numbers that {@link java.util.Random#nextGaussian} gives, by the algorithms that its
 * documentation specifies: Knuth's linear congruential generator ("The Art of Computer
 * Programming", volume 2, section 3.2.1) and the polar method (section 3.4.1). It is for one
 * thread, and so has none of the locks that take most of that class's time.
 */
final class NormalSequence {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xBL;
  private static final int STATE_BITS = 48;
  private static final long MASK = (1L << STATE_BITS) - 1;

  private long state;
  private double second;
  private boolean hasSecond;

  /**
   * Begins a sequence.
   *
   * @param seed any number
   */
  NormalSequence(long seed) {
    state = (seed ^ MULTIPLIER) & MASK;
  }

  /** A number of the normal distribution with mean 0 and standard deviation 1. */
  double next() {
    if (hasSecond) {
      hasSecond = false;
      return second;
    }
    double one;
    double other;
    double square;
    do {
      one = 2 * uniform() - 1;
      other = 2 * uniform() - 1;
      square = one * one + other * other;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    second = other * factor;
    hasSecond = true;
    return one * factor;
  }

  /** At least 0, below 1. */
  private double uniform() {
    return (((long) bits(26) << 27) + bits(27)) * 0x1.0p-53;
  }

  private int bits(int count) {
    state = (state * MULTIPLIER + INCREMENT) & MASK;
    return (int) (state >>> (STATE_BITS - count));
  }
}
