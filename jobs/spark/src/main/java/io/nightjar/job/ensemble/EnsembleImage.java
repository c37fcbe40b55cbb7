package io.nightjar.job.ensemble;

import io.nightjar.job.measure.ScoredImage;
import io.nightjar.score.MapEnsemble;
import java.io.Serializable;

/**
 * A test image with the maps that all members have of it.
 *
 * @param image as one of the members counted it
 */
record EnsembleImage(ScoredImage image, MapEnsemble maps) implements Serializable {
  private static final long serialVersionUID = 1L;
}
