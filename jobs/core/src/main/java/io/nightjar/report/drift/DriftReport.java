package io.nightjar.report.drift;

import io.nightjar.metric.drift.DriftLimits;
import java.util.List;

/**
 * How far the scores of runs have drifted from the reference of a bank.
 *
 * @param limits that they were compared with
 * @param categories by name, at least one
 */
public record DriftReport(DriftLimits limits, List<CategoryDrift> categories) {
  /**
   * Takes an unchangeable copy.
   *
   * @param limits that they were compared with
   * @param categories by name, at least one
   */
  public DriftReport {
    categories = List.copyOf(categories);
  }

  /**
   * Whether the newest run of any category has drifted.
   *
   * @return false where older runs alone have drifted
   */
  public boolean drifted() {
    return categories.stream().anyMatch(CategoryDrift::drifted);
  }
}
