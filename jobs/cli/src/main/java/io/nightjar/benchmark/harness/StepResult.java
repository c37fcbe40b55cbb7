package io.nightjar.benchmark.harness;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What was measured of one step.
 *
 * @param measurements ours first
 * @param checks one for each baseline
 * @param facts further figures by name: numbers, strings, or maps of them
 */
public record StepResult(
    BenchmarkStep step,
    List<Measurement> measurements,
    List<Check> checks,
    Map<String, Object> facts) {

  /** The JVM counts processor time in hundredths of a second. */
  private static final double LEAST_CPU_SECONDS = 0.1;

  /** Keeps copies, and the facts by name. */
  public StepResult {
    measurements = List.copyOf(measurements);
    checks = List.copyOf(checks);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
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
  public double timesAsFastAs(Measurement baseline) {
    return ours().rate(quantity()) / baseline.rate(quantity());
  }

  /**
   * The same for a second of processor time, which other processes' load does not change; empty
   * where a run takes too little of it to be measured.
   */
  public OptionalDouble timesAsCheapAs(Measurement baseline) {
    double mine = ours().timing().cpuMedian();
    double theirs = baseline.timing().cpuMedian();
    if (Math.min(mine, theirs) < LEAST_CPU_SECONDS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        ours().work().get(quantity()) / mine / (baseline.work().get(quantity()) / theirs));
  }

  /** Whether every baseline found what Nightjar found. */
  public boolean agrees() {
    return checks.stream().allMatch(Check::agrees);
  }
}
