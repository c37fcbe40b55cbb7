package io.nightjar.cli;

import io.nightjar.job.DatasetAction;
import io.nightjar.job.RunResult;
import io.nightjar.report.ResultTable;
import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/**
 * Runs an evaluation for a person: progress, then the table, where the files are, the exit code.
 */
final class EvaluationRun {
  private static final long SETTLE_MILLIS = 1000;

  private EvaluationRun() {}

  static int execute(
      String name,
      SparkOptions spark,
      CommandLine console,
      Function<SparkSession, ? extends DatasetAction> action) {
    try (SparkSession session = spark.start(name)) {
      DatasetAction evaluation = action.apply(session);
      RunResult result;
      try (ConsoleProgress progress = ConsoleProgress.start(console.getErr())) {
        result = Interruption.execute(evaluation.progress(progress), console.getErr());
      } catch (CancellationException e) {
        console.getErr().println("nightjar: " + e.getMessage());
        letSparkSettle();
        return ExitCodes.INTERRUPTED;
      }
      print(result, console.getOut());
      return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
    }
  }

  /** Spark frees blocks in the background and prints stack traces when it is stopped meanwhile. */
  private static void letSparkSettle() {
    try {
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(RunResult result, PrintWriter out) {
    out.println();
    out.print(ResultTable.render(result.report(), result.comparison(), Terminal.hasColours()));
    out.println();
    out.println("Results: " + result.out());
    out.println("  report.html            the report, for a person");
    out.println("  metrics.json, .csv     every figure, unrounded");
    out.println("  curves/                precision, recall, ROC and PRO curves by category");
    out.println("  run.json               what makes the run reproducible");
    out.println("  metrics/, maps/        figures and anomaly maps as Parquet");
    out.flush();
  }
}
