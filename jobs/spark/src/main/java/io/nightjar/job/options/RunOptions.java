package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How a run uses the cluster, and how many unreadable files it accepts.
 *
 * @param maxQuarantined fraction of a category's images that may be quarantined before the category
 *     fails, in [0, 1]
 * @param partitions Spark partitions for a pass over a category; empty for a choice by the work.
 *     Results do not change.
 * @param concurrentCategories categories handled at the same time; empty for a choice by the
 *     cluster's size
 */
public record RunOptions(
    double maxQuarantined, OptionalInt partitions, OptionalInt concurrentCategories) {
  /** One file in a hundred may be unreadable; the rest is chosen by the work and the cluster. */
  public static final RunOptions DEFAULT =
      new RunOptions(0.01, OptionalInt.empty(), OptionalInt.empty());

  /** The value for a choice by the work or by the cluster. */
  public static final String AUTO = "auto";

  /**
   * Checks the ranges.
   *
   * @param maxQuarantined fraction of a category's images, in [0, 1]
   * @param partitions at least 1; empty for a choice by the work
   * @param concurrentCategories at least 1; empty for a choice by the cluster's size
   * @throws InvalidInputException naming the first option that is out of range
   */
  public RunOptions {
    require(
        maxQuarantined >= 0 && maxQuarantined <= 1, "max-quarantined", maxQuarantined, "0 to 1");
    require(partitions.orElse(1) >= 1, "partitions", partitions.orElse(1), "at least 1");
    require(
        concurrentCategories.orElse(1) >= 1,
        "concurrent-categories",
        concurrentCategories.orElse(1),
        "at least 1");
  }

  /**
   * These options with another fraction of unreadable files that is accepted.
   *
   * @param value in [0, 1]
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public RunOptions withMaxQuarantined(double value) {
    return new RunOptions(value, partitions, concurrentCategories);
  }

  /**
   * These options with a fixed number of Spark partitions.
   *
   * @param value at least 1
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public RunOptions withPartitions(int value) {
    return new RunOptions(maxQuarantined, OptionalInt.of(value), concurrentCategories);
  }

  /**
   * These options with a fixed number of categories at the same time.
   *
   * @param value at least 1
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public RunOptions withConcurrentCategories(int value) {
    return new RunOptions(maxQuarantined, partitions, OptionalInt.of(value));
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order; a choice that is left open is {@link #AUTO}
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("max_quarantined", maxQuarantined);
    map.put("partitions", numberOrAuto(partitions));
    map.put("concurrent_categories", numberOrAuto(concurrentCategories));
    return map;
  }

  private static Object numberOrAuto(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : AUTO;
  }
}
