package io.nightjar.job.guard;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScores;
import io.nightjar.score.NoveltyScore;
import java.io.Serializable;

/**
 * The scores of an image of a bank, compared with the bank without its own rows.
 *
 * @param distances of its patches from the nearest rows of other images
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record OwnScores(ReferenceScores.Image image, float[] distances) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The scores of a map of these distances. */
  static OwnScores of(String path, float[] distances) {
    AnomalyMap map = new AnomalyMap(distances, distances.length, 1);
    ImageScores scores = ImageScores.of(map.max(), map);
    double sum = 0;
    for (float distance : distances) {
      sum += distance;
    }
    return new OwnScores(
        new ReferenceScores.Image(
            path, scores.max(), NoveltyScore.of(distances), scores.top3(), sum / distances.length),
        distances);
  }
}
