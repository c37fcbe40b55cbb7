package io.nightjar.cli.progress;

import io.nightjar.cli.outcome.ExitCodes;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: tasks finish their batch, temporary files go. A
 * second signal ends the process at once.
 */
public final class Interruption {
  private final Runnable end;
  private final String announcement;
  private final PrintWriter err;
  private boolean asked;

  private Interruption(Runnable end, String announcement, PrintWriter err) {
    this.end = end;
    this.announcement = announcement;
    this.err = err;
  }

  /**
   * Executes what a signal ends.
   *
   * @param end is run at the first signal, while the work runs
   * @param announcement what then happens, for a person
   */
  public static <R> R execute(
      Supplier<R> work, Runnable end, String announcement, PrintWriter err) {
    Interruption interruption = new Interruption(end, announcement, err);
    Object onInt = Signals.register("INT", interruption::stop);
    Object onTerm = Signals.register("TERM", interruption::stop);
    try {
      return work.get();
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
    err.println("nightjar: " + announcement);
    end.run();
  }
}
