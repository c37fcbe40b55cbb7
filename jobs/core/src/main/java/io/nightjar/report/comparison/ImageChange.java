package io.nightjar.report.comparison;

import io.nightjar.metric.compare.ImagePair;

/**
 * How good the map of one image is in both runs.
 *
 * @param pair the image
 * @param ownAuprc whether the numbers are the AUPRC over the image's own pixels; otherwise they are
 *     the fraction of the images of the other label that its score is on the right side of
 * @param baseline from 0 to 1
 * @param candidate from 0 to 1
 */
public record ImageChange(ImagePair pair, boolean ownAuprc, double baseline, double candidate) {
  /**
   * The change of the map's quality.
   *
   * @return candidate less baseline, -1 to 1; above 0 where the map became better
   */
  public double change() {
    return candidate - baseline;
  }

  /**
   * What the numbers are.
   *
   * @return {@code own_auprc} or {@code right_side}
   */
  public String measure() {
    return ownAuprc ? "own_auprc" : "right_side";
  }
}
