package io.nightjar.cli.progress;

import io.nightjar.job.options.Progress;
import java.io.PrintWriter;

/** Progress for a person at a console; closing it leaves the cursor below what was printed. */
public abstract class ConsoleProgress implements Progress, AutoCloseable {
  private Runnable onClaim = () -> {};

  @Override
  public abstract void close();

  @Override
  public final void claimed() {
    onClaim.run();
  }

  /**
   * Moving bars on a terminal, plain lines where the output goes to a file or a pipe.
   *
   * @param onClaim is run once the folder for the results is the action's
   */
  public static ConsoleProgress start(PrintWriter err, Runnable onClaim) {
    ConsoleProgress progress =
        Terminal.isInteractive() ? new BarProgress(err) : new LineProgress(err);
    progress.onClaim = onClaim;
    return progress;
  }
}
