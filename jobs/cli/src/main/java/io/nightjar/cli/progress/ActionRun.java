package io.nightjar.cli.progress;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
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
public final class ActionRun {
  private static final long SETTLE_MILLIS = 1000;

  private ActionRun() {}

  /**
   * Starts Spark, executes an action on it, and stops it.
   *
   * @param claimed is run once the folder for the results is the action's
   * @param findings receives what the session knows, and why the run was interrupted
   * @param result prints the action's result and gives the exit code
   */
  public static <R> int execute(
      String name,
      SparkOptions spark,
      CommandLine console,
      Runnable claimed,
      Function<SparkSession, ? extends SparkAction<?, R>> action,
      Findings findings,
      ToIntFunction<R> result) {
    try (RunningSpark running = spark.start(name)) {
      SparkSession session = running.session();
      findings.configuration(session.sessionState().newHadoopConf());
      R ended;
      try {
        ended = execute(action.apply(session), running, console.getErr(), claimed);
      } catch (CancellationException e) {
        return interrupted(e, console.getErr(), findings);
      }
      return result.applyAsInt(ended);
    }
  }

  /**
   * Executes an action on a Spark that runs.
   *
   * @param claimed is run once the folder for the results is the action's
   * @throws CancellationException if a signal cancelled it
   */
  public static <R> R execute(
      SparkAction<?, R> run, RunningSpark running, PrintWriter err, Runnable claimed) {
    try (ConsoleProgress progress = ConsoleProgress.start(err, claimed)) {
      run.progress(progress);
      // Signals, like the end of the process, are the host's where there is one.
      return running.isOfHost()
          ? run.execute()
          : Interruption.execute(
              run::execute,
              run::cancel,
              "stopping as soon as the running batches are done ...",
              err);
    }
  }

  /** Says that a signal ended the command, and gives the exit code. */
  public static int interrupted(CancellationException e, PrintWriter err, Findings findings) {
    err.println("nightjar: " + e.getMessage());
    findings.sentence(e.getMessage());
    letSparkSettle();
    return ExitCodes.INTERRUPTED;
  }

  /** Reports the categories that failed, after all else; gives the exit code. */
  public static int end(PrintWriter out, List<FailedCategory> failures) {
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
