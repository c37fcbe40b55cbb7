package io.nightjar.benchmark.harness;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one way of doing a step costs.
 *
 * @param name such as {@code ImageIO, same resize}
 * @param role whose way it is
 * @param threads that compute at once
 * @param work what one run handles, by quantity; never empty
 */
public record Measurement(
    String name, Role role, int threads, Map<Quantity, Double> work, Timing timing) {

  /** Whose way of doing a step it is. */
  public enum Role {
    /** Nightjar's own. */
    OURS,
    /** What else a JVM offers for the same result. */
    BASELINE,
    /** A different computation that shows what the machine can do. */
    YARDSTICK
  }

  /** Puts the quantities in the order of {@link Quantity}. */
  public Measurement {
    work = Collections.unmodifiableMap(new EnumMap<>(work));
  }

  /** What the median run handles in a second. */
  public double rate(Quantity quantity) {
    return work.get(quantity) / timing.median();
  }

  boolean has(Quantity quantity) {
    return work.containsKey(quantity);
  }
}
