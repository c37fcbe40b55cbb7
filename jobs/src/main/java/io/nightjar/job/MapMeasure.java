package io.nightjar.job;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.ScoreHistogram;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.GaussianSmoothing;
import io.nightjar.score.ImageScore;
import io.nightjar.score.RowConsumer;
import io.nightjar.score.Upsampling;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Upsamples a 28x28 map to the size it is judged at and counts its pixels against the mask.
 *
 * @param resolution side of the square to judge at; 0 for the mask's own size
 * @param smoothing Gaussian sigma in pixels of the network's input; 0 for none
 * @param imageSize side of the network's input, in pixels
 */
record MapMeasure(int resolution, double smoothing, int imageSize) implements Serializable {
  private static final long serialVersionUID = 1L;

  static MapMeasure of(OptionalInt resolution, double smoothing, int imageSize) {
    return new MapMeasure(resolution.orElse(0), smoothing, imageSize);
  }

  /** The counts of one image and the largest value of its upsampled map. */
  record Counts(ScoreHistogram histogram, float imageScore) {}

  Mask atEvaluationSize(Mask mask) {
    return resolution == 0 ? mask : mask.resizeNearest(resolution, resolution);
  }

  /**
   * @throws IllegalArgumentException if the map holds NaN or an infinite value
   */
  Counts count(AnomalyMap map, Mask mask) {
    int width = mask.width();
    int height = mask.height();
    ScoreHistogram histogram = new ScoreHistogram();
    boolean[] truth = new boolean[width];
    ImageScore score = new ImageScore();
    RowConsumer counter =
        (y, scores) -> {
          mask.row(y, truth);
          histogram.addRow(scores, truth, width);
          score.accept(y, scores);
        };
    if (smoothing == 0) {
      Upsampling.rows(map, width, height, counter);
    } else {
      // At its own size upsampling is the identity, row by row.
      Upsampling.rows(full(map, width, height), width, height, counter);
    }
    return new Counts(histogram, score.value());
  }

  /** The whole upsampled, smoothed map, for pictures. */
  AnomalyMap full(AnomalyMap map, int width, int height) {
    AnomalyMap upsampled = Upsampling.full(map, width, height);
    return smoothing == 0
        ? upsampled
        : GaussianSmoothing.smooth(
            upsampled, smoothing * width / imageSize, smoothing * height / imageSize);
  }
}
