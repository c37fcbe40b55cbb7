package io.nightjar.cli.table;

import io.nightjar.cli.comparison.ComparisonResult;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.console.ResultTable;
import io.nightjar.report.openmetrics.Family;
import io.nightjar.report.openmetrics.ReportMetrics;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.List;

/** Prints the result of an evaluation: its table, and where the files are. */
public final class EvaluationResult {
  private EvaluationResult() {}

  /** Notes it for those that are told. */
  public static void note(RunResult result, Findings findings) {
    findings
        .out(result.out(), "report.html")
        .metrics(families -> ReportMetrics.add(result.report(), families));
    String own =
        sentence("evaluated", result.report().categories().size(), result.report().failed());
    result
        .baseline()
        .ifPresentOrElse(
            outcome -> {
              note(outcome, findings);
              findings.sentence(
                  result.complete() ? outcome.sentence() : outcome.sentence() + " " + own);
            },
            () -> findings.sentence(own));
  }

  private static void note(BaselineOutcome outcome, Findings findings) {
    outcome
        .report()
        .ifPresentOrElse(
            report -> ComparisonResult.note(report, findings),
            () -> findings.metrics(families -> families.add(Family.GATE_PASSED, outcome.passed())));
  }

  /**
   * How many categories have a result, and why one has none, in sentences.
   *
   * @param done what was done to them, in a word
   */
  public static String sentence(String done, int categories, List<FailedCategory> failed) {
    String sentence =
        Text.format("%s %s.", Text.counted(categories, "category", "categories"), done);
    if (failed.isEmpty()) {
      return sentence;
    }
    FailedCategory first = failed.get(0);
    return Text.format(
        "%s %s failed: %s%s: %s",
        sentence,
        failed.size(),
        first.category(),
        failed.size() == 1
            ? ""
            : failed.size() == 2
                ? " and another"
                : Text.format(" and %d others", failed.size() - 1),
        first.reason());
  }

  /** Prints it. */
  public static void print(RunResult result, PrintWriter out) {
    out.println();
    out.print(ResultTable.render(result.report(), result.comparison(), Terminal.hasColours()));
    out.println();
    out.println(result.report().inputs().describe());
    out.println("Results: " + result.out());
    out.println("  report.html            the report, for a person");
    out.println("  metrics.json, .csv     every figure, unrounded");
    out.println("  curves/                precision, recall, ROC and PRO curves by category");
    out.println("  run.json               what makes the run reproducible");
    out.println("  metrics/, maps/        figures and anomaly maps as Parquet");
    out.flush();
  }
}
