package io.nightjar.metric.result;

import java.io.Serializable;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;

/** A metric's value with bounds that enclose the exact value, or the reason why there is none. */
public sealed interface Estimate extends Serializable {

  /**
   * A value that exists; {@code lower <= value <= upper}, all equal where the value is exact.
   *
   * @param value the metric, finite
   * @param lower the largest number known not to exceed the exact value
   * @param upper the smallest number known not to be below it
   */
  record Known(double value, double lower, double upper) implements Estimate {
    private static final long serialVersionUID = 1L;

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.of(value);
    }
  }

  /**
   * A metric that does not exist on this data.
   *
   * @param reason why there is none, in a few words without a full stop
   */
  record Undefined(String reason) implements Estimate {
    private static final long serialVersionUID = 1L;

    @Override
    public OptionalDouble asOptional() {
      return OptionalDouble.empty();
    }
  }

  /**
   * The value, empty where the metric does not exist.
   *
   * @return a finite number, or empty
   */
  OptionalDouble asOptional();

  /**
   * Whether the metric has a value.
   *
   * @return false for {@link Undefined}
   */
  default boolean isPresent() {
    return this instanceof Known;
  }

  /**
   * The value.
   *
   * @return a finite number
   * @throws NoSuchElementException with the reason, where the metric does not exist
   */
  default double getAsDouble() {
    return known().value();
  }

  /**
   * The largest number known not to exceed the exact value.
   *
   * @return the value itself where that is exact
   * @throws NoSuchElementException with the reason, where the metric does not exist
   */
  default double lower() {
    return known().lower();
  }

  /**
   * The smallest number known not to be below the exact value.
   *
   * @return the value itself where that is exact
   * @throws NoSuchElementException with the reason, where the metric does not exist
   */
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
