package io.nightjar.benchmark;

import java.util.List;
import java.util.stream.Stream;

/**
 * Times several ways of doing the same step, each in its turn, round after round: what else the
 * machine does meanwhile slows all of them alike.
 */
final class Race {
  private Race() {}

  static List<Measurement> run(Effort effort, Contender<?>... contenders) {
    return run(effort.runs(), effort.warmUpSeconds(), effort.seconds(), contenders);
  }

  static List<Measurement> run(
      int runs, double warmUpSeconds, double budget, Contender<?>... contenders) {
    for (Contender<?> contender : contenders) {
      contender.warmUp(warmUpSeconds, budget);
    }
    for (int round = 0; round < runs; round++) {
      for (Contender<?> contender : contenders) {
        contender.runWithin(budget);
      }
    }
    return Stream.of(contenders).<Measurement>map(Contender::measurement).toList();
  }

  /** One way alone, as a process finds it at its start: the first run is timed, too. */
  static Measurement runCold(int runs, double budget, Contender<?> contender) {
    for (int run = 0; run < runs; run++) {
      contender.runWithin(budget);
    }
    return contender.measurement();
  }
}
