package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.bank.approximate.ExactMethod;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How patches are compared with a memory bank.
 *
 * @param neighbours nearest bank rows whose mean distance is a patch's score, at least 1
 * @param broadcastLimit the largest memory bank, in bytes of its rows, that every executor holds as
 *     a whole; a larger one is searched in shards, with the same results. Empty for a choice by the
 *     memory of driver and executors.
 * @param method how the nearest rows are found
 */
public record SearchOptions(int neighbours, OptionalLong broadcastLimit, SearchMethod method) {
  /** The nearest row alone, found exactly. */
  public static final SearchOptions DEFAULT =
      new SearchOptions(1, OptionalLong.empty(), new ExactMethod());

  /**
   * Checks the range.
   *
   * @param neighbours nearest bank rows to average over, at least 1
   * @param broadcastLimit bytes of the rows of the largest bank that every executor holds; empty
   *     for a choice by the memory there is
   * @param method how the nearest rows are found
   * @throws InvalidInputException naming the option that is out of range
   */
  public SearchOptions {
    require(neighbours >= 1, "neighbours", neighbours, "at least 1");
  }

  /**
   * These options with another number of neighbours.
   *
   * @param value at least 1
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public SearchOptions withNeighbours(int value) {
    return new SearchOptions(value, broadcastLimit, method);
  }

  /**
   * These options with another limit for a bank that every executor holds.
   *
   * @param bytes of the bank's rows
   * @return the changed options
   */
  public SearchOptions withBroadcastLimit(long bytes) {
    return new SearchOptions(neighbours, OptionalLong.of(bytes), method);
  }

  /**
   * These options with another search method.
   *
   * @param value how the nearest rows are found
   * @return the changed options
   */
  public SearchOptions withMethod(SearchMethod value) {
    return new SearchOptions(neighbours, broadcastLimit, value);
  }

  /**
   * Refuses a broadcast limit below one row of a bank.
   *
   * @param values float32 values that a row has at most
   * @throws InvalidInputException if the broadcast limit may not hold one row
   */
  public void requireRoomForARow(int values) {
    long row = (long) values * Float.BYTES;
    if (broadcastLimit.orElse(row) < row) {
      throw new InvalidInputException(
          Text.format(
              "The option --broadcast-limit is %d bytes, but one row of a memory bank can take %d (%d values of 4 bytes); it must be at least that.",
              broadcastLimit.getAsLong(), row, values));
    }
  }

  /**
   * Every option by its name in {@code run.json}; the method's settings where it has some.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("neighbours", neighbours);
    map.put(
        "broadcast_limit",
        broadcastLimit.isPresent() ? broadcastLimit.getAsLong() : RunOptions.AUTO);
    map.put("search", method.name());
    if (!method.isExact()) {
      map.putAll(method.settings());
    }
    return map;
  }
}
