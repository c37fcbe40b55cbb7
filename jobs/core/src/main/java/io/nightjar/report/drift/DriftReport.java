package io.nightjar.report.drift;

import io.nightjar.metric.drift.DriftLimits;
import java.util.List;

/**
 * How far runs have drifted from what a bank was made of.
 *
 * @param limits they were held against
 * @param categories by name, at least one
 */
public record DriftReport(DriftLimits limits, List<CategoryDrift> categories) {
  public DriftReport {
    categories = List.copyOf(categories);
  }

  /** Whether the newest run of any category has drifted. */
  public boolean drifted() {
    return categories.stream().anyMatch(CategoryDrift::drifted);
  }
}
