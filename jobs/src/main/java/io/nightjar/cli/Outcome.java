package io.nightjar.cli;

import io.nightjar.job.EvaluateDataset;
import io.nightjar.report.ResultTable;
import java.io.PrintWriter;

/** Ends a command: the table, where the files are, the exit code. */
final class Outcome {
  private Outcome() {}

  static int print(EvaluateDataset.Result result, PrintWriter out) {
    boolean ansi = System.console() != null && System.getenv("NO_COLOR") == null;
    out.println();
    out.print(ResultTable.render(result.report(), result.comparison(), ansi));
    out.println();
    out.println("Results: " + result.out());
    out.println("  report.html            the report, for a person");
    out.println("  metrics.json, .csv     every figure, unrounded");
    out.println("  run.json               what makes the run reproducible");
    out.println("  metrics/, maps/        figures and anomaly maps as Parquet");
    out.flush();
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }
}
