package io.nightjar.benchmark.harness;

import java.util.Locale;

/**
 * Whether two ways of doing a step agree: figures of ways that compute different things may not be
 * printed next to each other.
 *
 * @param name what is compared with ours
 * @param agrees whether it is the same
 * @param detail how far they are apart, in a sentence
 */
public record Check(String name, boolean agrees, String detail) {

  /** Agreement within a tolerance; NaN agrees with nothing. */
  public static Check within(String name, String what, double difference, double tolerance) {
    return new Check(
        name,
        difference <= tolerance,
        String.format(
            Locale.ROOT, "%s: %.2g, at most %.0e is rounding", what, difference, tolerance));
  }
}
