package io.nightjar.cli;

import io.nightjar.job.Progress;
import java.io.PrintWriter;

/** Progress for a person at a console; closing it leaves the cursor below what was printed. */
interface ConsoleProgress extends Progress, AutoCloseable {

  @Override
  void close();

  /** Moving bars on a terminal, plain lines where the output goes to a file or a pipe. */
  static ConsoleProgress start(PrintWriter err) {
    return Terminal.isInteractive() ? new BarProgress(err) : new LineProgress(err);
  }
}
