package io.nightjar.cli.progress;

import io.nightjar.job.options.Progress;
import java.io.PrintWriter;

/** Progress for a person at a console; closing it leaves the cursor below what was printed. */
public interface ConsoleProgress extends Progress, AutoCloseable {

  @Override
  void close();

  /** Moving bars on a terminal, plain lines where the output goes to a file or a pipe. */
  static ConsoleProgress start(PrintWriter err) {
    return Terminal.isInteractive() ? new BarProgress(err) : new LineProgress(err);
  }
}
