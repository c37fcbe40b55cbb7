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
import org.apache.hadoop.conf.Configuration;

/** Prints the result of an evaluation: its table, and where the files are. */
public final class EvaluationResult {
  private static final ResultsList FILES =
      new ResultsList()
          .line("the report, for a person", "report.html")
          .line("every figure, unrounded", "metrics.json", "metrics.csv", "groups.csv")
          .line("precision, recall, ROC and PRO curves by category", "curves/")
          .line("images with their maps and masks", "pictures/")
          .line("reasons for the scores, as a page and a table", "reasons.html", "reasons.csv")
          .line("what each image was counted as, for nightjar compare", "samples/")
          .line("what makes the run reproducible", "run.json")
          .line("figures and anomaly maps as Parquet", "metrics/", "maps/");

  private EvaluationResult() {}

  /** Notes it for those that are informed. */
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

  /**
   * Prints it.
   *
   * @param configuration of the file system that the results are on
   */
  public static void print(RunResult result, Configuration configuration, PrintWriter out) {
    out.println();
    out.print(ResultTable.render(result.report(), result.comparison(), Terminal.hasColours()));
    out.println();
    out.println(result.report().inputs().describe());
    FILES.print(result.out(), configuration, out);
    out.flush();
  }
}
