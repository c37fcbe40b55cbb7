package io.nightjar.metric.result;

import java.io.Serializable;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;

/** A metric's value with bounds that enclose the exact value, or the reason why there is none. */
public sealed interface Estimate extends Serializable {

  /** A value that exists; {@code lower <= value <= upper}, all equal where the value is exact. */
  record Known(double value, double lower, double upper) implements Estimate {
    private static final long serialVersionUID = 1L;

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.of(value);
    }
  }

  /** A metric that does not exist on this data. */
  record Undefined(String reason) implements Estimate {
    private static final long serialVersionUID = 1L;

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.empty();
    }
  }

  /** The value, empty where the metric does not exist. */
  OptionalDouble asOptional();

  /** Whether the metric has a value. */
  default boolean isPresent() {
    return this instanceof Known;
  }

  /**
   * The value.
   *
   * @throws NoSuchElementException with the reason, where the metric does not exist
   */
  default double getAsDouble() {
    return known().value();
  }

  /** The largest number known not to exceed the exact value; throws as {@link #getAsDouble}. */
  default double lower() {
    return known().lower();
  }

  /** The smallest number known not to be below the exact value; throws as {@link #getAsDouble}. */
  default double upper() {
    return known().upper();
  }

  private Known known() {
    if (this instanceof Known known) {
      return known;
    }
    throw new NoSuchElementException(((Undefined) this).reason());
  }
}
