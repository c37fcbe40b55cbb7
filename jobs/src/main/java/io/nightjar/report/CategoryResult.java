package io.nightjar.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A category's outcome.
 *
 * @param category its name
 * @param trainImages normal images the model was fitted on
 * @param testImages images that were scored
 * @param quarantined files that were left out
 * @param components principal components kept
 * @param bankRows rows of the memory bank
 * @param pixelAuprc area under the pixel precision-recall curve, step-wise
 * @param pixelAuprcTrapezoid the same by the trapezoidal rule
 * @param pixelAuroc area under the pixel ROC curve
 * @param imageAuroc area under the ROC curve of the image scores
 * @param resolution where pixels were counted: {@code original} or a side length such as {@code
 *     224}
 * @param seconds wall time of this category
 * @param stageSeconds wall time of each stage, in the order of the stages
 * @param notes what the reader should know, such as a difference from the official census
 */
public record CategoryResult(
    String category,
    int trainImages,
    int testImages,
    List<QuarantinedFile> quarantined,
    int components,
    long bankRows,
    OptionalMetric pixelAuprc,
    OptionalMetric pixelAuprcTrapezoid,
    OptionalMetric pixelAuroc,
    OptionalMetric imageAuroc,
    String resolution,
    double seconds,
    Map<String, Double> stageSeconds,
    List<String> notes) {
  public CategoryResult {
    quarantined = List.copyOf(quarantined);
    stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
    notes = List.copyOf(notes);
  }
}
