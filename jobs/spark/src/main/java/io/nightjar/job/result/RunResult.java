package io.nightjar.job.result;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Text;

/**
 * What a run found.
 *
 * @param report every figure of the run
 * @param comparison published results to compare with
 * @param out the folder that holds it
 */
public record RunResult(EvaluationReport report, Comparison comparison, String out) {

  /**
   * How many categories have a result and how many failed.
   *
   * @return a phrase for a person, without a full stop
   */
  public String summary() {
    return Text.format(
        "%s evaluated, %d failed",
        Text.counted(report.categories().size(), "category", "categories"), report.failed().size());
  }

  /**
   * Whether every category has a result.
   *
   * @return false if the report names a category that failed
   */
  public boolean complete() {
    return report.failed().isEmpty();
  }
}
