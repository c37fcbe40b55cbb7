package io.nightjar.cli;

/** What the process says when it ends. */
final class ExitCodes {
  /** Every category has its result, and nothing has drifted. */
  static final int OK = 0;

  /** Something unforeseen broke. */
  static final int FAILED = 1;

  /** Something that the user gave cannot be used; no work was done. */
  static final int INVALID_INPUT = 2;

  /** The run finished, but at least one category failed. */
  static final int INCOMPLETE = 3;

  /** The newest scores have drifted from the reference. */
  static final int DRIFTED = 4;

  /** A run did not pass the gate against its baseline. */
  static final int NOT_PASSED = 5;

  /** The run was interrupted, by Ctrl-C or a signal. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
