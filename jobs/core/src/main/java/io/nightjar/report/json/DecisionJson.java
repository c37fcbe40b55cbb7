package io.nightjar.report.json;

import io.nightjar.json.JsonDocument;
import io.nightjar.metric.decision.DecisionQuality;
import io.nightjar.metric.decision.PixelQuality;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.OptionalMetric;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What decisions without labels did on labelled images, in a category of {@code metrics.json}. */
final class DecisionJson {
  static final String FIELD = "decision";

  private static final String FALSE_POSITIVE_RATE = "pixel_false_positive_rate_found";
  private static final String RECALL = "pixel_recall";
  private static final String F1 = "pixel_f1";
  private static final String REGION_RECALL = "region_recall";
  private static final String SELECTION = "false_discovery_rate";
  private static final String PIXELS = "pixel_false_positive_rate";

  private record Images(
      String imageScore,
      int calibrationImages,
      double falseAlarmRate,
      float imageScoreLimit,
      int goodImages,
      int falseAlarms,
      int defectiveImages,
      int detected) {}

  private record Selection(double falseDiscoveryRate, int selected, int falseDiscoveries) {}

  private record Pixels(double pixelFalsePositiveRate, double pixelThreshold) {}

  private DecisionJson() {}

  static Map<String, Object> document(DecisionQuality quality) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("image_score", quality.kind().id());
    document.put("calibration_images", quality.calibrationImages());
    document.put("false_alarm_rate", quality.falseAlarmRate());
    document.put("image_score_limit", quality.limit());
    document.put("good_images", quality.good());
    document.put("false_alarms", quality.falseAlarms());
    document.put("defective_images", quality.defective());
    document.put("detected", quality.detected());
    document.putAll(
        new Figures()
            .add("false_alarm_rate_found", rate(quality.falseAlarms(), quality.good(), "good"))
            .add("detection_rate", rate(quality.detected(), quality.defective(), "defective"))
            .fields());
    quality
        .selection()
        .ifPresent(
            selection -> {
              document.put(SELECTION, selection.falseDiscoveryRate());
              document.put("selected", selection.selected());
              document.put("false_discoveries", selection.good());
            });
    quality
        .pixels()
        .ifPresent(
            pixels -> {
              document.put(PIXELS, pixels.wished());
              document.put("pixel_threshold", pixels.threshold());
              Figures figures =
                  new Figures()
                      .add(FALSE_POSITIVE_RATE, pixels.falsePositiveRate())
                      .add(RECALL, pixels.recall())
                      .add(F1, pixels.f1())
                      .add(REGION_RECALL, pixels.regionRecall());
              document.putAll(figures.fields());
              document.put("bounds", figures.bounds());
            });
    return document;
  }

  private static OptionalMetric rate(int some, int all, String kind) {
    return all == 0
        ? OptionalMetric.absent(Text.format("no %s image was tested", kind))
        : OptionalMetric.of((double) some / all);
  }

  /** The decisions in a category's object; empty where none were made. */
  static Optional<DecisionQuality> read(JsonDocument category) {
    return category.has(FIELD) ? Optional.of(quality(category.child(FIELD))) : Optional.empty();
  }

  private static DecisionQuality quality(JsonDocument object) {
    Images images = object.as(Images.class);
    return new DecisionQuality(
        ImageScoreKind.of(images.imageScore),
        images.calibrationImages,
        images.falseAlarmRate,
        images.imageScoreLimit,
        images.goodImages,
        images.falseAlarms,
        images.defectiveImages,
        images.detected,
        object.has(SELECTION) ? Optional.of(selection(object)) : Optional.empty(),
        object.has(PIXELS) ? Optional.of(pixels(object)) : Optional.empty());
  }

  private static DecisionQuality.SelectionQuality selection(JsonDocument object) {
    Selection selection = object.as(Selection.class);
    return new DecisionQuality.SelectionQuality(
        selection.falseDiscoveryRate, selection.selected, selection.falseDiscoveries);
  }

  private static PixelQuality pixels(JsonDocument object) {
    Pixels pixels = object.as(Pixels.class);
    return new PixelQuality(
        pixels.pixelFalsePositiveRate,
        pixels.pixelThreshold,
        figure(object, FALSE_POSITIVE_RATE),
        figure(object, RECALL),
        figure(object, F1),
        figure(object, REGION_RECALL));
  }

  private static Estimate figure(JsonDocument object, String key) {
    return Figures.read(object, key);
  }
}
