package io.nightjar.cli;

import io.nightjar.job.DatasetAction;
import io.nightjar.job.RunResult;
import java.io.PrintWriter;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: tasks finish their batch, temporary files go. A
 * second signal ends the process at once.
 */
final class Interruption {
  private final DatasetAction evaluation;
  private final PrintWriter err;
  private boolean asked;

  private Interruption(DatasetAction evaluation, PrintWriter err) {
    this.evaluation = evaluation;
    this.err = err;
  }

  /**
   * Executes an evaluation that a signal cancels.
   *
   * @throws java.util.concurrent.CancellationException if one did
   */
  static RunResult execute(DatasetAction evaluation, PrintWriter err) {
    Interruption interruption = new Interruption(evaluation, err);
    Object onInt = Signals.register("INT", interruption::stop);
    Object onTerm = Signals.register("TERM", interruption::stop);
    try {
      return evaluation.execute();
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
    evaluation.cancel();
  }
}
