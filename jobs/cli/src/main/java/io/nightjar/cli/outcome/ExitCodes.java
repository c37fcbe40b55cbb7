package io.nightjar.cli.outcome;

import io.nightjar.error.InvalidInputException;

/** What the process says when it ends. */
public final class ExitCodes {
  /** Every category has its result, and nothing has drifted. */
  public static final int OK = 0;

  /** Something unforeseen broke. */
  public static final int FAILED = 1;

  /** Something that the user gave cannot be used; no work was done. */
  public static final int INVALID_INPUT = 2;

  /**
   * The run finished, but a category or a configuration failed, or the examination found faults.
   */
  public static final int INCOMPLETE = 3;

  /** The newest scores have drifted from the reference. */
  public static final int DRIFTED = 4;

  /** A run did not pass the gate against its baseline. */
  public static final int NOT_PASSED = 5;

  /** The command whose status was asked for has not ended. */
  public static final int NOT_ENDED = 6;

  /** The run was interrupted, by Ctrl-C or a signal. */
  public static final int INTERRUPTED = 130;

  /** Spark's own, which {@code spark-submit --supervise} sets for a driver in the cluster. */
  private static final String SUPERVISED = "spark.driver.supervise";

  /** Spark's own, which its application master sets for a driver in a container of YARN. */
  private static final String ON_YARN = "spark.yarn.app.id";

  private ExitCodes() {}

  /** The exit code of a command that ends with an exception. */
  public static int of(Exception e) {
    return e instanceof InvalidInputException ? INVALID_INPUT : FAILED;
  }

  /** Whether this process is a driver that YARN started, in cluster mode. */
  public static boolean isOnYarn() {
    return System.getProperty(ON_YARN) != null;
  }

  /** Whether Spark starts this process again where it ends with any other code than 0. */
  public static boolean isSupervised() {
    return Boolean.getBoolean(SUPERVISED);
  }

  /**
   * What a supervised process ends with: Spark starts it again after every other code than 0, for
   * ever, which helps where something broke and nowhere else.
   */
  public static int ofSupervised(int code) {
    return switch (code) {
      case INVALID_INPUT, INCOMPLETE, DRIFTED, NOT_PASSED -> OK;
      default -> code;
    };
  }
}
