package io.nightjar.export;

import java.util.Optional;

/**
 * What an image's score is compared with: the scores of the bank's own images, each against the
 * bank without its own rows.
 *
 * @param scores at least one, of the kind that decides, of maps before they are upsampled and
 *     smoothed; kept, not copied
 * @param decision empty where only p-values are asked for
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of scores, never compared or used as a key
public record Calibration(float[] scores, Optional<Decision> decision) {

  /**
   * When an image is anomalous.
   *
   * @param falseAlarmRate the fraction of normal images that may be called so, in (0, 1)
   * @param limit the score above which images are
   */
  public record Decision(double falseAlarmRate, float limit) {}

  /** Refuses an empty calibration. */
  public Calibration {
    if (scores.length == 0) {
      throw new IllegalArgumentException("A calibration needs scores");
    }
  }
}
