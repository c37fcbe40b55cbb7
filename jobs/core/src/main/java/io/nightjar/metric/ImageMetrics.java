package io.nightjar.metric;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ImageScoreMetrics;
import io.nightjar.metric.threshold.RankMetrics;
import io.nightjar.score.ImageScoreKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Metrics of whole images by their scores, exact. */
final class ImageMetrics {
  private ImageMetrics() {}

  static Estimate auroc(Collection<ImageRecord> images, ImageScoreKind kind) {
    return FirstPassMetrics.estimate(
        RankMetrics.auroc(scores(images, kind), defective(images)), reason(images));
  }

  static Estimate averagePrecision(Collection<ImageRecord> images, ImageScoreKind kind) {
    return FirstPassMetrics.estimate(
        RankMetrics.averagePrecision(scores(images, kind), defective(images)), reason(images));
  }

  static BestF1 bestF1(Collection<ImageRecord> images, ImageScoreKind kind) {
    boolean[] defective = defective(images);
    if (count(defective) == 0) {
      return BestF1.undefined(reason(images));
    }
    return RankMetrics.bestF1(scores(images, kind), defective);
  }

  /** By every kind of score that is known of all images. */
  static Map<ImageScoreKind, ImageScoreMetrics> byScore(Collection<ImageRecord> images) {
    Map<ImageScoreKind, ImageScoreMetrics> byScore = new EnumMap<>(ImageScoreKind.class);
    for (ImageScoreKind kind : ImageScoreKind.values()) {
      if (images.stream().allMatch(image -> image.scores().has(kind))) {
        byScore.put(
            kind, new ImageScoreMetrics(auroc(images, kind), averagePrecision(images, kind)));
      }
    }
    return byScore;
  }

  private static String reason(Collection<ImageRecord> images) {
    if (images.isEmpty()) {
      return "No images were counted";
    }
    return count(defective(images)) == 0
        ? "No test image shows a defect"
        : "Every test image shows a defect";
  }

  private static int count(boolean[] defective) {
    int count = 0;
    for (boolean one : defective) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static float[] scores(Collection<ImageRecord> images, ImageScoreKind kind) {
    float[] scores = new float[images.size()];
    int i = 0;
    for (ImageRecord image : images) {
      scores[i++] = image.score(kind);
    }
    return scores;
  }

  private static boolean[] defective(Collection<ImageRecord> images) {
    boolean[] defective = new boolean[images.size()];
    int i = 0;
    for (ImageRecord image : images) {
      defective[i++] = image.defective();
    }
    return defective;
  }
}
