package io.nightjar.job;

import io.nightjar.dataset.ImageRef;
import io.nightjar.score.AnomalyMap;
import java.io.Serializable;

/**
 * A test image with its anomaly map.
 *
 * @param map patch distances on the grid
 * @param imageScore the largest value of the upsampled map
 * @param pixelAuprc step-wise AUPRC over this image's pixels alone; NaN where the mask holds none
 *     or all of them. It ranks pictures and is no figure of merit.
 */
record ScoredImage(ImageRef ref, AnomalyMap map, float imageScore, double pixelAuprc)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
