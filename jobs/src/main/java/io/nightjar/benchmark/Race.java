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
    return run(effort, effort.seconds(), contenders);
  }

  static List<Measurement> run(Effort effort, double budget, Contender<?>... contenders) {
    for (Contender<?> contender : contenders) {
      contender.warmUp(effort.warmUpSeconds(), budget);
    }
    for (int round = 0; round < effort.runs(); round++) {
      for (Contender<?> contender : contenders) {
        contender.runWithin(budget);
      }
    }
    return Stream.of(contenders).<Measurement>map(Contender::measurement).toList();
  }
}
