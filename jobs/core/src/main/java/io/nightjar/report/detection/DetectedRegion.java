package io.nightjar.report.detection;

import io.nightjar.metric.detection.AnomalyRegion;
import java.io.Serializable;

/**
 * A region with its pixels.
 *
 * @param shape where it is and how high its scores are
 * @param runLengths its pixels, as {@link io.nightjar.metric.detection.AnomalyRegions#runLengths}
 *     gives them; kept, not copied
 */
public record DetectedRegion(AnomalyRegion shape, int[] runLengths) implements Serializable {
  private static final long serialVersionUID = 1L;
}
