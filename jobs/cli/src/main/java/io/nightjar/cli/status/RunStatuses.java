package io.nightjar.cli.status;

import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.StatusFile;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one command says of itself: in the file that was asked for, from its first moment to its
 * end, and among its results, once their folder is its own.
 */
public final class RunStatuses {
  private final Optional<StatusReport> asked;
  private final Optional<StatusReport> ofResults;
  private final boolean isNamed;

  private RunStatuses(
      Optional<StatusReport> asked, Optional<StatusReport> ofResults, boolean isNamed) {
    this.asked = asked;
    this.ofResults = ofResults;
    this.isNamed = isNamed;
  }

  /** Of a command that leaves none. */
  public static RunStatuses none() {
    return new RunStatuses(Optional.empty(), Optional.empty(), false);
  }

  /**
   * Of a command that begins now.
   *
   * @param err for what cannot be written
   * @throws io.nightjar.error.InvalidInputException if a file can be nowhere
   */
  public static RunStatuses begin(StatusLocation location, PrintWriter err) {
    String run = location.runId();
    Function<StatusFile, StatusReport> report =
        file -> StatusReport.of(file, run, location.command(), err);
    Optional<StatusFile> asked = location.asked();
    Optional<StatusFile> ofResults = location.ofResults();
    if (asked.isPresent()
        && ofResults.isPresent()
        && asked.get().location().equals(ofResults.get().location())) {
      // What an earlier process said there is the outcome of a run that is repeated.
      Optional<StatusReport> both = asked.map(report);
      return new RunStatuses(both, both, location.isNamed());
    }
    RunStatuses statuses =
        new RunStatuses(asked.map(report), ofResults.map(report), location.isNamed());
    statuses.asked.ifPresent(StatusReport::begin);
    return statuses;
  }

  /** The folder for the results is the command's own from now on. */
  public void claimed() {
    ofResults.ifPresent(StatusReport::begin);
  }

  /** An earlier process did it all: its word among the results stays, by this run's name. */
  public void repeated(RunStatus earlier) {
    ofResults.ifPresent(report -> report.repeat(earlier, isNamed));
  }

  /** The command has ended. */
  public void end(int exitCode, String sentence) {
    asked.ifPresent(report -> report.end(exitCode, sentence, true));
    ofResults.ifPresent(report -> report.end(exitCode, sentence, false));
  }
}
