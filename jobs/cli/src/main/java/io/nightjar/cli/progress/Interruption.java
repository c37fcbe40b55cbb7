package io.nightjar.cli.progress;

import io.nightjar.job.SparkAction;
import java.io.PrintWriter;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: tasks finish their batch, temporary files go. A
 * second signal ends the process at once.
 */
public final class Interruption {
  private final SparkAction<?, ?> action;
  private final PrintWriter err;
  private final int exitCode;
  private boolean asked;

  private Interruption(SparkAction<?, ?> action, PrintWriter err, int exitCode) {
    this.action = action;
    this.err = err;
    this.exitCode = exitCode;
  }

  /**
   * Executes what a signal cancels.
   *
   * @param exitCode of the process, where a second signal ends it
   * @throws java.util.concurrent.CancellationException if one did
   */
  public static <R> R execute(SparkAction<?, R> action, PrintWriter err, int exitCode) {
    Interruption interruption = new Interruption(action, err, exitCode);
    Object onInt = Signals.register("INT", interruption::stop);
    Object onTerm = Signals.register("TERM", interruption::stop);
    try {
      return action.execute();
    } finally {
      Signals.unregister("INT", onInt);
      Signals.unregister("TERM", onTerm);
    }
  }

  private synchronized void stop() {
    if (asked) {
      Runtime.getRuntime().halt(exitCode);
    }
    asked = true;
    err.println("nightjar: stopping as soon as the running batches are done ...");
    action.cancel();
  }
}
