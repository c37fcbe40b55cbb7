package io.nightjar.benchmark;

import io.nightjar.benchmark.Measurement.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one step.
 *
 * @param measurements ours first
 * @param checks one for each baseline
 * @param facts further figures by name: numbers, strings, or maps of them
 */
record StepResult(
    BenchmarkStep step,
    List<Measurement> measurements,
    List<Check> checks,
    Map<String, Object> facts) {

  StepResult {
    measurements = List.copyOf(measurements);
    checks = List.copyOf(checks);
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** What the baselines are compared with. */
  Measurement ours() {
    return measurements.get(0);
  }

  /** The quantity that is compared. */
  Quantity quantity() {
    return ours().work().keySet().iterator().next();
  }

  /** How many times as much we handle in a second as the baseline does. */
  double timesAsFastAs(Measurement baseline) {
    return ours().rate(quantity()) / baseline.rate(quantity());
  }

  List<Measurement> baselines() {
    return measurements.stream().filter(m -> m.role() == Role.BASELINE).toList();
  }

  boolean agrees() {
    return checks.stream().allMatch(Check::agrees);
  }
}
