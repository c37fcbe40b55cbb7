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

  /** Spark's own, which {@code spark-submit --supervise} sets for a driver in the cluster. */
  private static final String SUPERVISED = "spark.driver.supervise";

  private ExitCodes() {}

  /** Whether Spark starts this process again where it ends with any other code than 0. */
  static boolean isSupervised() {
    return Boolean.getBoolean(SUPERVISED);
  }

  /**
   * What a supervised process ends with: Spark starts it again after every other code than 0, for
   * ever, which helps where something broke and nowhere else.
   */
  static int ofSupervised(int code) {
    return switch (code) {
      case INVALID_INPUT, INCOMPLETE, DRIFTED, NOT_PASSED -> OK;
      default -> code;
    };
  }
}
