package io.nightjar.report.json;

import io.nightjar.json.JsonDocument;
import io.nightjar.metric.result.ImageScoreMetrics;
import io.nightjar.report.ReportedMetric;
import io.nightjar.score.ImageScoreKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of each kind of image score: an object by the kind's name in options. */
final class ImageScoresJson {
  static final String FIELD = "by_image_score";

  private ImageScoresJson() {}

  static Map<String, Map<String, Object>> document(
      Map<ImageScoreKind, ImageScoreMetrics> byImageScore) {
    Map<String, Map<String, Object>> document = new LinkedHashMap<>();
    byImageScore.forEach(
        (kind, metrics) ->
            document.put(
                kind.id(),
                new Figures()
                    .add(ReportedMetric.IMAGE_AUROC.key(), metrics.auroc())
                    .add(ReportedMetric.IMAGE_AP.key(), metrics.averagePrecision())
                    .fields()));
    return document;
  }

  /** The figures in a category's object; none in files older than they are. */
  static Map<ImageScoreKind, ImageScoreMetrics> read(JsonDocument category) {
    Map<ImageScoreKind, ImageScoreMetrics> byImageScore = new EnumMap<>(ImageScoreKind.class);
    if (category.has(FIELD)) {
      Map<String, JsonDocument> kinds = category.entries(FIELD);
      for (ImageScoreKind kind : ImageScoreKind.values()) {
        if (kinds.containsKey(kind.id())) {
          JsonDocument metrics = kinds.get(kind.id());
          byImageScore.put(
              kind,
              new ImageScoreMetrics(
                  Figures.read(metrics, ReportedMetric.IMAGE_AUROC.key()),
                  Figures.read(metrics, ReportedMetric.IMAGE_AP.key())));
        }
      }
    }
    return byImageScore;
  }
}
