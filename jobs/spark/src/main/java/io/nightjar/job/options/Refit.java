package io.nightjar.job.options;

/** Whether an update keeps a bank's principal components. */
public enum Refit {
  /** Fits them again where they explain too little of the new images. */
  AUTO,
  /** Keeps them. */
  NEVER,
  /** Fits them again, on all images of the bank. */
  ALWAYS;

  /**
   * Below this fraction of the variance ratio that the components explain of the images that they
   * were fitted on, they explain too little of others.
   */
  static final double LEAST = 0.9;

  /**
   * The name on the command line.
   *
   * @return {@code auto}, {@code never} or {@code always}
   */
  public String id() {
    return OptionRange.id(this);
  }

  /**
   * Whether the components are to be fitted again.
   *
   * @param explained ratio of the new images' variance that they explain
   * @param own ratio of the variance of the images that they were fitted on
   * @return true for {@link #ALWAYS}; for {@link #AUTO}, if {@code explained} is below 0.9 times
   *     {@code own}
   */
  public boolean appliesTo(double explained, double own) {
    return this == ALWAYS || (this == AUTO && explained < LEAST * own);
  }
}
