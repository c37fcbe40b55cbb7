package io.nightjar.cli;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.job.DatasetAction;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.console.ResultTable;
import java.io.PrintWriter;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Runs an evaluation for a person, and prints its table and where the files are. */
final class EvaluationRun {
  private EvaluationRun() {}

  static int execute(
      String name,
      SparkOptions spark,
      CommandLine console,
      Function<SparkSession, ? extends DatasetAction<RunResult>> action) {
    return ActionRun.execute(
        name,
        spark,
        console,
        action,
        result -> {
          print(result, console.getOut());
          return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
        });
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
