package io.nightjar.cli.outcome;

/** When a webhook is called. */
public enum WebhookOn {
  /** Whenever a command ends. */
  ALWAYS,
  /** When it ends with an exit code other than 0. */
  FAILURE;

  boolean holds(int exitCode) {
    return this == ALWAYS || exitCode != ExitCodes.OK;
  }
}
