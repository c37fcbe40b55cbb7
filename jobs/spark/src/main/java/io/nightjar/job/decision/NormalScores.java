package io.nightjar.job.decision;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.metric.decision.ConformalScores;
import io.nightjar.metric.decision.PatchThreshold;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.util.List;

/**
 * The scores of a bank's own images that the images of one category are compared with.
 *
 * @param scores of the maps of these images before they would be upsampled and smoothed
 * @param patches the distances of their patches, and of no others
 * @param images whose scores and patches these are
 */
record NormalScores(ConformalScores scores, PatchDistances patches, int images) {

  static NormalScores of(
      List<ReferenceScores.Image> images, PatchDistances patches, ImageScoreKind kind) {
    float[] scores = new float[images.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(images.get(i), kind);
    }
    return new NormalScores(new ConformalScores(scores), patches, scores.length);
  }

  private static float score(ReferenceScores.Image image, ImageScoreKind kind) {
    return new ImageScores((float) image.score(), (float) image.top3(), (float) image.novelty())
        .of(kind);
  }

  /** The distance from which on patches are anomalous. */
  float patchThreshold(double rate) {
    List<PatchDistances.Bin> bins = patches.bins();
    float[] lowest = new float[bins.size()];
    long[] counts = new long[bins.size()];
    for (int i = 0; i < lowest.length; i++) {
      lowest[i] = bins.get(i).lowest();
      counts[i] = bins.get(i).count();
    }
    float above = PatchDistances.startAfter(lowest[lowest.length - 1]);
    return PatchThreshold.at(lowest, counts, above, images, rate);
  }
}
