package io.nightjar.job.result;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;

/**
 * What a run found.
 *
 * @param report every figure of the run
 * @param comparison what the figures may be held against
 * @param out the folder that holds it
 */
public record RunResult(EvaluationReport report, Comparison comparison, String out) {

  /** Whether every category has a result. */
  public boolean complete() {
    return report.failed().isEmpty();
  }
}
