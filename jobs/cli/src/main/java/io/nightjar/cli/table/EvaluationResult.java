package io.nightjar.cli.table;

import io.nightjar.cli.progress.Terminal;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.console.ResultTable;
import java.io.PrintWriter;

/** Prints the result of an evaluation: its table, and where the files are. */
public final class EvaluationResult {
  private EvaluationResult() {}

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
