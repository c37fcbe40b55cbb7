package io.nightjar.metric.drift;

import java.util.Locale;

/**
 * A score of a whole image: how far its patches are from the bank. Unlike the image score, neither
 * depends on the image's size or on smoothing.
 */
public enum DriftScore {
  /** The largest distance of a patch: sensitive to local anomalies. */
  LARGEST,

  /** The mean distance of the patches: sensitive to global changes, such as of light or focus. */
  MEAN;

  /**
   * Its name in files and tables.
   *
   * @return {@code largest} or {@code mean}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
