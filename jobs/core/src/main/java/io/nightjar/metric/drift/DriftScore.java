package io.nightjar.metric.drift;

import java.util.Locale;

/**
 * A number that tells of a whole image how far its patches are from the bank. Neither depends on
 * the image's size nor on smoothing, unlike the image score.
 */
public enum DriftScore {
  /** The largest distance of a patch: what is odd in one place moves it. */
  LARGEST,

  /** The mean distance of the patches: what changes everywhere moves it, such as light or focus. */
  MEAN;

  /** Its name in files and tables. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
