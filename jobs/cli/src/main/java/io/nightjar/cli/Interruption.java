package io.nightjar.cli;

import io.nightjar.job.SparkAction;
import java.io.PrintWriter;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: tasks finish their batch, temporary files go. A
 * second signal ends the process at once.
 */
final class Interruption {
  private final SparkAction<?, ?> action;
  private final PrintWriter err;
  private boolean asked;

  private Interruption(SparkAction<?, ?> action, PrintWriter err) {
    this.action = action;
    this.err = err;
  }

  /**
   * Executes what a signal cancels.
   *
   * @throws java.util.concurrent.CancellationException if one did
   */
  static <R> R execute(SparkAction<?, R> action, PrintWriter err) {
    Interruption interruption = new Interruption(action, err);
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
      Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }
    asked = true;
    err.println("nightjar: stopping as soon as the running batches are done ...");
    action.cancel();
  }
}
