package io.nightjar.doctor;

import java.util.List;

/**
 * The findings of one group of checks.
 *
 * @param name of the group, such as {@code memory}
 * @param seconds that the checks took
 * @param findings in the order in which they were made
 */
public record Section(String name, double seconds, List<Finding> findings) {
  /** Copies the findings. */
  public Section {
    findings = List.copyOf(findings);
  }
}
