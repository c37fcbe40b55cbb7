package io.nightjar.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that the records of two runs say differently.
 *
 * @param name as {@code run.json} has it, with dots between the names of objects
 * @param baseline its value as text; empty where the record has none
 * @param candidate likewise
 */
public record Setting(String name, String baseline, String candidate) {
  /** The parts of a run's record that say what it was and what it ran on. */
  private static final List<String> PARTS =
      List.of(
          "options",
          "backbone",
          "maps",
          "versions",
          "devices",
          "network_computed_by",
          "linear_algebra");

  /** What differs, in the order of the records. */
  static List<Setting> between(Map<String, Object> baseline, Map<String, Object> candidate) {
    List<Setting> differing = new ArrayList<>();
    compare("data.root", root(baseline), root(candidate), differing);
    for (String part : PARTS) {
      compare(part, baseline.get(part), candidate.get(part), differing);
    }
    return differing;
  }

  private static Object root(Map<String, Object> record) {
    return record.get("data") instanceof Map<?, ?> data ? data.get("root") : null;
  }

  private static void compare(
      String name, Object baseline, Object candidate, List<Setting> differing) {
    if (baseline instanceof Map<?, ?> || candidate instanceof Map<?, ?>) {
      Map<?, ?> before = baseline instanceof Map<?, ?> map ? map : Map.of();
      Map<?, ?> after = candidate instanceof Map<?, ?> map ? map : Map.of();
      Set<Object> names = new LinkedHashSet<>(before.keySet());
      names.addAll(after.keySet());
      for (Object field : names) {
        compare(name + "." + field, before.get(field), after.get(field), differing);
      }
    } else if (!text(baseline).equals(text(candidate))) {
      differing.add(new Setting(name, text(baseline), text(candidate)));
    }
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
