package io.nightjar.benchmark.harness;

import java.util.List;
import java.util.stream.Stream;

/**
 * Times several ways of doing the same step, each in its turn, round after round: what else the
 * machine does meanwhile slows all of them alike.
 */
public final class StepComparison {
  private StepComparison() {}

  /** Times candidates as the options say; the measurements are in their order. */
  public static List<Measurement> run(BenchmarkOptions options, Candidate<?>... candidates) {
    return run(options.runs(), options.warmUpSeconds(), options.seconds(), candidates);
  }

  /**
   * Times candidates.
   *
   * @param runs timed runs of each, at most
   * @param warmUpSeconds that each runs without being timed, at least once
   * @param budget seconds after which a candidate begins no other run
   * @return the measurements, in the order of the candidates
   */
  public static List<Measurement> run(
      int runs, double warmUpSeconds, double budget, Candidate<?>... candidates) {
    for (Candidate<?> candidate : candidates) {
      candidate.warmUp(warmUpSeconds, budget);
    }
    for (int round = 0; round < runs; round++) {
      for (Candidate<?> candidate : candidates) {
        candidate.runWithin(budget);
      }
    }
    return Stream.of(candidates).<Measurement>map(Candidate::measurement).toList();
  }

  /** One way alone, as a process finds it at its start: the first run is timed, too. */
  public static Measurement runCold(int runs, double budget, Candidate<?> candidate) {
    for (int run = 0; run < runs; run++) {
      candidate.runWithin(budget);
    }
    return candidate.measurement();
  }
}
