package io.nightjar.cli.watch;

import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.job.watch.WatchImages;
import java.io.PrintWriter;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C and SIGTERM into an end after the running batch. A second signal ends the process at
 * once, which loses nothing either.
 */
final class Stopping {
  private final WatchImages watch;
  private final PrintWriter err;
  private boolean asked;

  private Stopping(WatchImages watch, PrintWriter err) {
    this.watch = watch;
    this.err = err;
  }

  /** Watches until it ends, or a signal ends it. */
  static WatchImages.Result execute(WatchImages watch, PrintWriter err) {
    Stopping stopping = new Stopping(watch, err);
    Object onInt = Signals.register("INT", stopping::stop);
    Object onTerm = Signals.register("TERM", stopping::stop);
    try {
      return watch.execute();
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
    err.println("nightjar: the watch ends after the running batch ...");
    watch.stop();
  }
}
