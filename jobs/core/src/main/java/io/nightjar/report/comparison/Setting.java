package io.nightjar.report.comparison;

import java.util.LinkedHashMap;
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
  /** Where the data of a run was. */
  public static final String DATA = "data.root";

  /** The parts of a run's record that say what it was and what it ran on. */
  private static final List<String> PARTS =
      List.of(
          "options",
          "backbone",
          "maps",
          "ensemble",
          "versions",
          "devices",
          "network_computed_by",
          "linear_algebra");

  /** What differs between two records, in the order of the records. */
  static List<Setting> between(Map<String, Object> baseline, Map<String, Object> candidate) {
    return differing(of(baseline), of(candidate));
  }

  /**
   * What differs between the settings of two runs, in their order.
   *
   * @param baseline as {@link #of} gives them
   * @param candidate likewise
   * @return those with different values; a setting that one record does not have has an empty value
   */
  public static List<Setting> differing(
      Map<String, String> baseline, Map<String, String> candidate) {
    Set<String> names = new LinkedHashSet<>(baseline.keySet());
    names.addAll(candidate.keySet());
    return names.stream()
        .map(
            name ->
                new Setting(
                    name, baseline.getOrDefault(name, ""), candidate.getOrDefault(name, "")))
        .filter(setting -> !setting.baseline.equals(setting.candidate))
        .toList();
  }

  /**
   * All settings of a run's record, by name: where its data was, and the parts named above.
   *
   * @param record as {@code run.json} has it
   * @return values as text; nulls are left out
   */
  public static Map<String, String> of(Map<String, Object> record) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (record.get("data") instanceof Map<?, ?> data) {
      add(DATA, data.get("root"), settings);
    }
    PARTS.forEach(part -> add(part, record.get(part), settings));
    return settings;
  }

  private static void add(String name, Object value, Map<String, String> settings) {
    if (value instanceof Map<?, ?> fields) {
      fields.forEach((field, inner) -> add(name + "." + field, inner, settings));
    } else if (value != null) {
      settings.put(name, value.toString());
    }
  }
}
