package io.nightjar.benchmark.harness;

import java.util.List;

/**
 * The runs of one measurement.
 *
 * @param seconds wall-clock time of each run
 * @param cpuSeconds processor time of the whole process in each run
 * @param warmUps runs before these that were not timed
 */
public record Timing(List<Double> seconds, List<Double> cpuSeconds, int warmUps) {
  /** Keeps copies. */
  public Timing {
    seconds = List.copyOf(seconds);
    cpuSeconds = List.copyOf(cpuSeconds);
  }

  /** The median of the runs' wall-clock seconds. */
  public double median() {
    return median(seconds);
  }

  /** The median of the runs' seconds of processor time. */
  public double cpuMedian() {
    return median(cpuSeconds);
  }

  /** The fastest run's wall-clock seconds. */
  public double min() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The slowest run's wall-clock seconds. */
  public double max() {
    return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** The median of one value or more. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
