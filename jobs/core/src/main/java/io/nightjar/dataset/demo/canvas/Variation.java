package io.nightjar.dataset.demo.canvas;

import java.util.Random;

/** The random variation of one image: a stream of numbers that its seed determines. */
public final class Variation {
  private final Random random;

  public Variation(long seed) {
    random = new Random(seed);
  }

  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  public double around(double centre, double spread) {
    return between(centre - spread, centre + spread);
  }

  public double angle() {
    return between(0, Numbers.TURN);
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  public long seed() {
    return random.nextLong();
  }

  public Noise noise() {
    return new Noise(random.nextLong());
  }

  /** A pose: shifted, turned and scaled by up to the given amounts. */
  public View view(double shift, double turn, double scale) {
    return new View(around(0, shift), around(0, shift), around(0, turn), around(1, scale));
  }
}
