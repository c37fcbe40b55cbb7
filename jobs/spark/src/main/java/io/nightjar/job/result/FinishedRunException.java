package io.nightjar.job.result;

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

  /**
   * Creates an exception with its sentence.
   *
   * @param out the folder for the results, as it was named
   * @param status what the process left of itself that did the work
   * @param ending how it ended
   */
  public FinishedRunException(String out, RunStatus status, RunStatus.Ending ending) {
    super(
        Text.format(
            "--out %s already holds the results of this run, which ended at %s with exit code %d: %s"
                + " Nothing was done again; with --overwrite it would be.",
            out, status.heard(), ending.exitCode(), ending.sentence()));
    this.status = status;
    this.exitCode = ending.exitCode();
    this.outcome = ending.sentence();
  }

  /**
   * What the process left of itself that did the work.
   *
   * @return its last status
   */
  public RunStatus status() {
    return status;
  }

  /**
   * How it ended.
   *
   * @return its exit code: 0, or 3 to 5
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * What it found.
   *
   * @return a sentence for a person
   */
  public String outcome() {
    return outcome;
  }
}
