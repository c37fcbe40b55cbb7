package io.nightjar.dataset.demo.canvas;

import java.util.Random;

/** The random variation of one image: a stream of numbers that its seed determines. */
public final class Variation {
  private final Random random;

  /** Starts the stream of a seed. */
  public Variation(long seed) {
    random = new Random(seed);
  }

  /** The next number, evenly distributed in a range. */
  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** The next number, evenly distributed within {@code spread} of the centre. */
  public double around(double centre, double spread) {
    return between(centre - spread, centre + spread);
  }

  /** The next angle, in radians. */
  public double angle() {
    return between(0, Numbers.TURN);
  }

  /** The next whole number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A seed for a stream of its own. */
  public long seed() {
    return random.nextLong();
  }

  /** A noise of its own. */
  public Noise noise() {
    return new Noise(random.nextLong());
  }

  /** A pose: shifted, turned and scaled by up to the given amounts. */
  public View view(double shift, double turn, double scale) {
    return new View(around(0, shift), around(0, shift), around(0, turn), around(1, scale));
  }
}
