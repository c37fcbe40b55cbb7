package io.nightjar.cli;

import io.nightjar.job.EvaluateDataset;
import io.nightjar.report.ResultTable;
import java.io.PrintWriter;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/**
 * Runs an evaluation for a person: progress, then the table, where the files are, the exit code.
 */
final class EvaluationRun {
  private EvaluationRun() {}

  static int execute(
      String name,
      SparkOptions spark,
      CommandLine console,
      Function<SparkSession, EvaluateDataset> action) {
    try (SparkSession session = spark.start(name)) {
      EvaluateDataset.Result result;
      try (ConsoleProgress progress = ConsoleProgress.start(console.getErr())) {
        result = action.apply(session).progress(progress).execute();
      }
      print(result, console.getOut());
      return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
    }
  }

  private static void print(EvaluateDataset.Result result, PrintWriter out) {
    out.println();
    out.print(ResultTable.render(result.report(), result.comparison(), Terminal.hasColours()));
    out.println();
    out.println("Results: " + result.out());
    out.println("  report.html            the report, for a person");
    out.println("  metrics.json, .csv     every figure, unrounded");
    out.println("  run.json               what makes the run reproducible");
    out.println("  metrics/, maps/        figures and anomaly maps as Parquet");
    out.flush();
  }
}
