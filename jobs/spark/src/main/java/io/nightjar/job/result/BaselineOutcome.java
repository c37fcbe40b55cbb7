package io.nightjar.job.result;

import io.nightjar.report.comparison.ComparisonReport;
import java.util.Optional;

/**
 * How an evaluation compares with its baseline.
 *
 * @param report the comparison; empty where there was nothing to compare with, or the runs cannot
 *     be compared
 * @param passed whether the evaluation passes the gate; false where the runs cannot be compared
 * @param sentence the outcome in a sentence
 */
public record BaselineOutcome(Optional<ComparisonReport> report, boolean passed, String sentence) {

  /**
   * The outcome of a comparison.
   *
   * @param report what was found
   * @return its outcome
   */
  public static BaselineOutcome of(ComparisonReport report) {
    return new BaselineOutcome(Optional.of(report), report.passed(), report.sentence());
  }

  /**
   * There is no run to compare with yet.
   *
   * @param reason a sentence
   * @return an outcome that passes
   */
  public static BaselineOutcome none(String reason) {
    return new BaselineOutcome(Optional.empty(), true, reason);
  }

  /**
   * The runs cannot be compared.
   *
   * @param reason a sentence
   * @return an outcome that does not pass
   */
  public static BaselineOutcome refused(String reason) {
    return new BaselineOutcome(Optional.empty(), false, reason);
  }
}
