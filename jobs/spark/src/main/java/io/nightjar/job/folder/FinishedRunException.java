package io.nightjar.job.folder;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.status.RunStatus;
import io.nightjar.text.Text;

/**
 * The folder for the results holds those of this very run, which an earlier process has finished:
 * there is nothing left to do, and the outcome is known.
 */
public final class FinishedRunException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final transient RunStatus status;
  private final int exitCode;
  private final String outcome;

  FinishedRunException(String out, RunStatus status, RunStatus.Ending ending) {
    super(
        Text.format(
            "--out %s already holds the results of this run, which ended at %s with exit code %d: %s"
                + " Nothing was done again; with --overwrite it would be.",
            out, status.heard(), ending.exitCode(), ending.sentence()));
    this.status = status;
    this.exitCode = ending.exitCode();
    this.outcome = ending.sentence();
  }

  /** What the process left of itself that did the work. */
  public RunStatus status() {
    return status;
  }

  /** How it ended. */
  public int exitCode() {
    return exitCode;
  }

  /** What it found, in a sentence. */
  public String outcome() {
    return outcome;
  }
}
