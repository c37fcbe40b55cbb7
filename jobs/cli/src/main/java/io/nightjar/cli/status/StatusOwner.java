package io.nightjar.cli.status;

/** The command line, for commands of other packages that say how far they are. */
public interface StatusOwner {

  /** The folder for the results of the command is its own from now on. */
  void resultsClaimed();

  /**
   * Notes the outcome of the command.
   *
   * @param sentence that the status will have
   */
  void noteOutcome(String sentence);
}
