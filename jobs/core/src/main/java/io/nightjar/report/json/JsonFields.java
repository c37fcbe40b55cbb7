package io.nightjar.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.OptionalMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Figures as fields: a number, or {@code null} beside {@code <name>_reason}. The bounds of a figure
 * that is not exact stand in an object {@code bounds}, name by name.
 */
final class JsonFields {
  static final String BOUNDS = "bounds";

  private JsonFields() {}

  static String reasonKey(String key) {
    return key + "_reason";
  }

  static void put(ObjectNode node, String key, OptionalMetric value) {
    if (value.isPresent()) {
      node.put(key, value.get());
    } else {
      putAbsent(node, key, value.reason());
    }
  }

  static void putAbsent(ObjectNode node, String key, String reason) {
    node.putNull(key);
    node.put(reasonKey(key), reason);
  }

  /** Puts the value into {@code node} and its bounds, if they are wider, into {@code bounds}. */
  static void put(ObjectNode node, ObjectNode bounds, String key, Estimate estimate) {
    put(node, key, OptionalMetric.of(estimate));
    if (estimate instanceof Estimate.Known known && known.lower() < known.upper()) {
      bounds.putArray(key).add(known.lower()).add(known.upper());
    }
  }

  /** The estimate that {@link #put(ObjectNode, ObjectNode, String, Estimate)} wrote. */
  static Estimate estimate(JsonNode node, JsonNode bounds, String key) {
    JsonNode value = field(node, key);
    if (value.isNull()) {
      return new Estimate.Undefined(field(node, reasonKey(key)).asText());
    }
    JsonNode range = bounds.get(key);
    double number = value.asDouble();
    return range == null
        ? new Estimate.Known(number, number, number)
        : new Estimate.Known(number, range.get(0).asDouble(), range.get(1).asDouble());
  }

  static OptionalDouble number(JsonNode node, String key) {
    JsonNode value = field(node, key);
    return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }

  /**
   * @throws IllegalArgumentException when there is no such field
   */
  static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The report lacks the field \"" + name + "\"");
    }
    return value;
  }
}
