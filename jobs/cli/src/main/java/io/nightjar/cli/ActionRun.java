package io.nightjar.cli;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.ConsoleProgress;
import io.nightjar.cli.progress.Interruption;
import io.nightjar.job.SparkAction;
import io.nightjar.report.FailedCategory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;

/** Runs an action for a person: progress, then its result, the exit code. */
final class ActionRun {
  private static final long SETTLE_MILLIS = 1000;

  private ActionRun() {}

  /**
   * @param findings receives what the session knows, and why the run was interrupted
   * @param result prints the action's result and gives the exit code
   */
  static <R> int execute(
      String name,
      SparkOptions spark,
      CommandLine console,
      Function<SparkSession, ? extends SparkAction<?, R>> action,
      Findings findings,
      ToIntFunction<R> result) {
    try (RunningSpark running = spark.start(name)) {
      SparkSession session = running.session();
      findings.configuration(session.sessionState().newHadoopConf());
      SparkAction<?, R> run = action.apply(session);
      R ended;
      try (ConsoleProgress progress =
          ConsoleProgress.start(
              console.getErr(), () -> Nightjar.claimed(console.getCommandSpec()))) {
        run.progress(progress);
        // Signals, like the end of the process, are the host's where there is one.
        ended =
            running.isOfHost()
                ? run.execute()
                : Interruption.execute(run, console.getErr(), ExitCodes.INTERRUPTED);
      } catch (CancellationException e) {
        console.getErr().println("nightjar: " + e.getMessage());
        findings.sentence(e.getMessage());
        letSparkSettle();
        return ExitCodes.INTERRUPTED;
      }
      return result.applyAsInt(ended);
    }
  }

  /** Reports the categories that failed, after all else; gives the exit code. */
  static int end(PrintWriter out, List<FailedCategory> failures) {
    failures.forEach(
        failed -> out.printf(Locale.ROOT, "%s FAILED: %s%n", failed.category(), failed.reason()));
    out.flush();
    return failures.isEmpty() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }

  /** Spark frees blocks in the background and prints stack traces when it is stopped meanwhile. */
  private static void letSparkSettle() {
    try {
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
