package io.nightjar.report.sweep;

import io.nightjar.report.comparison.FinishedRun;
import java.util.Optional;

/**
 * What became of a configuration.
 *
 * @param configuration which
 * @param run its evaluation; empty where it failed
 * @param reason why it failed, in a sentence; empty where it did not
 */
public record ConfigurationOutcome(
    SweptConfiguration configuration, Optional<FinishedRun> run, String reason) {

  /**
   * An evaluation that has ended.
   *
   * @param configuration which
   * @param run its evaluation
   * @return the outcome
   */
  public static ConfigurationOutcome of(SweptConfiguration configuration, FinishedRun run) {
    return new ConfigurationOutcome(configuration, Optional.of(run), "");
  }

  /**
   * One that has no evaluation.
   *
   * @param configuration which
   * @param reason why, in a sentence
   * @return the outcome
   */
  public static ConfigurationOutcome failed(SweptConfiguration configuration, String reason) {
    return new ConfigurationOutcome(configuration, Optional.empty(), reason);
  }
}
