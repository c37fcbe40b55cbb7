package io.nightjar.dataset.demo;

import java.util.Random;

/** The chance in one picture: a stream of numbers that its seed determines. */
final class Variation {
  private final Random random;

  Variation(long seed) {
    random = new Random(seed);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  double around(double centre, double spread) {
    return between(centre - spread, centre + spread);
  }

  double angle() {
    return between(0, Numbers.TURN);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  long seed() {
    return random.nextLong();
  }

  Noise noise() {
    return new Noise(random.nextLong());
  }

  /** A pose: shifted, turned and scaled by up to the given amounts. */
  View view(double shift, double turn, double scale) {
    return new View(around(0, shift), around(0, shift), around(0, turn), around(1, scale));
  }
}
