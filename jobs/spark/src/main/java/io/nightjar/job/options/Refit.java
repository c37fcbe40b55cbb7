package io.nightjar.job.options;

/** Whether an update keeps a bank's principal components. */
public enum Refit {
  /** Fits them anew where they miss too much of the new images. */
  AUTO,
  /** Keeps them. */
  NEVER,
  /** Fits them anew, on all images of the bank. */
  ALWAYS;

  /**
   * Below this share of what the components have of the images that they were fitted on, they miss
   * too much of others.
   */
  static final double LEAST = 0.9;

  public boolean wanted(double captured, double own) {
    return this == ALWAYS || (this == AUTO && captured < LEAST * own);
  }
}
