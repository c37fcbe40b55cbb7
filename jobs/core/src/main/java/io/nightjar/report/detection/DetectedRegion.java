package io.nightjar.report.detection;

import io.nightjar.metric.detection.AnomalyRegion;
import io.nightjar.metric.detection.AnomalyRegions;
import java.io.Serializable;

/** A region with its pixels. */
public final class DetectedRegion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final AnomalyRegion shape;
  private final int[] runLengths;

  /**
   * A region.
   *
   * @param shape where it is and how high its scores are
   * @param runLengths its pixels, as {@link AnomalyRegions#runLengths} gives them; kept, not copied
   */
  public DetectedRegion(AnomalyRegion shape, int[] runLengths) {
    this.shape = shape;
    this.runLengths = runLengths;
  }

  /** Where it is and how high its scores are. */
  public AnomalyRegion shape() {
    return shape;
  }

  /** Its pixels as run lengths, column by column; not copied. */
  int[] runLengths() {
    return runLengths;
  }
}
