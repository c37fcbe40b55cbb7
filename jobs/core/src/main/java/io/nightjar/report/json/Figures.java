package io.nightjar.report.json;

import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.Interval;
import io.nightjar.report.OptionalMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures as fields of an object: {@code <name>} is a number, or {@code null} next to {@code
 * <name>_reason}. The bounds of a figure that is not exact are in the object's field {@code
 * bounds}, by name. Put together by hand, since one figure is up to three fields in two places and
 * the names are those of {@link io.nightjar.report.ReportedMetric}.
 */
final class Figures {
  private static final String BOUNDS = "bounds";
  private static final String REASON = "_reason";

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final Map<String, List<Double>> bounds = new LinkedHashMap<>();

  /** The fields, in the order in which they were added. */
  Map<String, Object> fields() {
    return fields;
  }

  Map<String, List<Double>> bounds() {
    return bounds;
  }

  Figures add(String key, OptionalMetric metric) {
    if (metric.isPresent()) {
      fields.put(key, metric.get());
    } else {
      addAbsent(key, metric.reason());
    }
    return this;
  }

  /** Adds an estimate, and its bounds where they differ. */
  Figures add(String key, Estimate estimate) {
    add(key, OptionalMetric.of(estimate));
    bounds(estimate).ifPresent(pair -> bounds.put(key, pair));
    return this;
  }

  /** Adds an interval as a pair, or why there is none. */
  Figures add(String key, Optional<Interval> interval, String reason) {
    if (interval.isPresent()) {
      fields.put(key, List.of(interval.get().lower(), interval.get().upper()));
    } else {
      addAbsent(key, reason);
    }
    return this;
  }

  private void addAbsent(String key, String reason) {
    fields.put(key, null);
    fields.put(key + REASON, reason);
  }

  /** Both bounds of an estimate; empty where it is exact or does not exist. */
  static Optional<List<Double>> bounds(Estimate estimate) {
    return estimate instanceof Estimate.Known known && known.lower() < known.upper()
        ? Optional.of(List.of(known.lower(), known.upper()))
        : Optional.empty();
  }

  /** The estimate that {@link #add(String, Estimate)} wrote. */
  static Estimate read(JsonDocument object, String key) {
    if (object.isNull(key)) {
      return new Estimate.Undefined(object.text(key + REASON));
    }
    double value = object.number(key).orElseThrow();
    if (!object.has(BOUNDS)) {
      return known(value);
    }
    JsonDocument bounds = object.child(BOUNDS);
    return bounds.has(key) ? known(value, bounds.numbers(key), key) : known(value);
  }

  /** The interval that {@link #add(String, Optional, String)} wrote. */
  static Optional<Interval> readInterval(JsonDocument object, String key) {
    if (object.isNull(key)) {
      return Optional.empty();
    }
    List<Double> pair = pair(object.numbers(key), key);
    return Optional.of(new Interval(pair.get(0), pair.get(1)));
  }

  static Estimate known(double value) {
    return new Estimate.Known(value, value, value);
  }

  static Estimate known(double value, List<Double> bounds, String key) {
    List<Double> pair = pair(bounds, key);
    return new Estimate.Known(value, pair.get(0), pair.get(1));
  }

  private static List<Double> pair(List<Double> numbers, String key) {
    if (numbers.size() != 2) {
      throw new IllegalArgumentException(
          "the bounds of \"" + key + "\" are not two numbers: " + numbers);
    }
    return numbers;
  }
}
