package io.nightjar.job.watch.ledger;

import java.util.Locale;

/** What became of a listed file in its batch. */
public enum Outcome {
  /** It has a row. */
  SCORED(true),
  /** It holds the bytes of an earlier row of its path, and so has no second one. */
  REPEATED(true),
  /** It cannot be used as an image; it is read again once it has another length or time. */
  QUARANTINED(true),
  /** It was not there any more when it was to be read; it is read when it is there again. */
  GONE(false),
  /** It was written to after it had been listed; it is read again as it is then. */
  CHANGED(false),
  /** Its batch did not say what became of it; it is read again. */
  MISSING(false);

  private final boolean isFinal;

  Outcome(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /**
   * Whether the same version of the file is not read again.
   *
   * @return false where it is, when a listing has it
   */
  public boolean isFinal() {
    return isFinal;
  }

  /**
   * Whether there is a file that should have a row, and has none.
   *
   * @return true for what counts against {@code --max-quarantined}
   */
  public boolean isLeftOut() {
    return this == QUARANTINED || this == CHANGED || this == MISSING;
  }

  /**
   * The word in files and metrics.
   *
   * @return in lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
