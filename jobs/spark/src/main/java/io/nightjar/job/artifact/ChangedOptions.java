package io.nightjar.job.artifact;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The options that differ between two runs, as a person would say them. */
final class ChangedOptions {
  private static final int SHOWN = 12;

  /** What is not named on the command line, or by another name. */
  private static final Map<String, String> NAMES =
      Map.of(
          "pca_solver", "--pca",
          "architecture", "--backbone",
          "weights_sha256", "--weights",
          "program", "the program",
          "java", "Java",
          "network_computed_by", "the engine of the network",
          "linear_algebra", "the linear algebra",
          "processors", "the processors");

  private ChangedOptions() {}

  /**
   * What changed, such as {@code --neighbours from 1 to 3}.
   *
   * @param before by name; empty where it is not known, so that nothing changed
   * @param now by name
   */
  static List<String> between(Map<String, String> before, Map<String, String> now) {
    List<String> changes = new ArrayList<>();
    if (before.isEmpty()) {
      return changes;
    }
    now.forEach(
        (name, value) -> {
          String old = before.getOrDefault(name, "none");
          if (!old.equals(value)) {
            changes.add(
                Text.format(
                    "%s from %s to %s",
                    NAMES.getOrDefault(name, "--" + name.replace('_', '-')),
                    shown(name, old),
                    shown(name, value)));
          }
        });
    before.forEach(
        (name, old) -> {
          if (!now.containsKey(name)) {
            changes.add(
                Text.format(
                    "%s from %s to none",
                    NAMES.getOrDefault(name, "--" + name.replace('_', '-')), shown(name, old)));
          }
        });
    return changes;
  }

  private static String shown(String name, String value) {
    return name.endsWith("sha256") && value.length() > SHOWN
        ? value.substring(0, SHOWN) + "..."
        : value;
  }
}
