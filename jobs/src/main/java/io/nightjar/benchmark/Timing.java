package io.nightjar.benchmark;

import java.util.List;

/**
 * The runs of one measurement.
 *
 * @param seconds wall-clock time of each run
 * @param cpuSeconds processor time of the whole process in each run
 * @param warmUps runs before these that were not timed
 */
record Timing(List<Double> seconds, List<Double> cpuSeconds, int warmUps) {
  Timing {
    seconds = List.copyOf(seconds);
    cpuSeconds = List.copyOf(cpuSeconds);
  }

  double median() {
    return median(seconds);
  }

  double cpuMedian() {
    return median(cpuSeconds);
  }

  double min() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
