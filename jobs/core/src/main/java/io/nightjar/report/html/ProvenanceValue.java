package io.nightjar.report.html;

import java.util.List;
import java.util.Map;

/** What makes a run reproducible, as nested lists; the kinds of value that JSON has. */
public sealed interface ProvenanceValue {
  /** A value without parts. */
  record Scalar(String text) implements ProvenanceValue {}

  /** A null: the value is not known. */
  record Unknown() implements ProvenanceValue {}

  /** A list or an object without elements. */
  record Empty() implements ProvenanceValue {}

  /** An object. */
  record Group(List<Entry> entries) implements ProvenanceValue {}

  /** A list of values without parts, which fits one line. */
  record Line(List<ProvenanceValue> values) implements ProvenanceValue {}

  /** A list of lists and objects. */
  record Items(List<ProvenanceValue> values) implements ProvenanceValue {}

  /** A named value. */
  record Entry(String name, ProvenanceValue value) {
    /** Whether the value needs lines of its own. */
    public boolean isGroup() {
      return value instanceof Group;
    }
  }

  /** A value of {@code run.json}: a map, a list, a string, a number, a boolean or null. */
  static ProvenanceValue of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? new Empty() : group(map);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? new Empty() : list(list);
    }
    return value == null ? new Unknown() : new Scalar(value.toString());
  }

  private static ProvenanceValue group(Map<?, ?> map) {
    return new Group(
        map.entrySet().stream()
            .map(
                entry ->
                    new Entry(
                        String.valueOf(entry.getKey()).replace('_', ' '), of(entry.getValue())))
            .toList());
  }

  private static ProvenanceValue list(List<?> list) {
    List<ProvenanceValue> values = list.stream().map(ProvenanceValue::of).toList();
    boolean flat = list.stream().noneMatch(e -> e instanceof Map || e instanceof List);
    return flat ? new Line(values) : new Items(values);
  }
}
