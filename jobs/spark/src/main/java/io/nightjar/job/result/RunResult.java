package io.nightjar.job.result;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Text;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param report every figure of the run
 * @param comparison published results to compare with
 * @param out the folder that holds it
 * @param baseline how it compares with a baseline; empty where none was named
 */
public record RunResult(
    EvaluationReport report,
    Comparison comparison,
    String out,
    Optional<BaselineOutcome> baseline) {

  /**
   * The result of a run without a baseline.
   *
   * @param report every figure of the run
   * @param comparison published results to compare with
   * @param out the folder that holds it
   */
  public RunResult(EvaluationReport report, Comparison comparison, String out) {
    this(report, comparison, out, Optional.empty());
  }

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

  /**
   * This result with how it compares with a baseline.
   *
   * @param outcome of the comparison
   * @return the same result with it
   */
  public RunResult comparedWith(BaselineOutcome outcome) {
    return new RunResult(report, comparison, out, Optional.of(outcome));
  }
}
