package io.nightjar.report;

import io.nightjar.metric.decision.DecisionQuality;
import io.nightjar.metric.result.CategoryMetrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A category's outcome.
 *
 * @param category its name
 * @param trainImages normal images the model was fitted on
 * @param testImages images that were scored
 * @param quarantined files that were left out
 * @param components principal components kept
 * @param bankRows rows of the memory bank
 * @param bankCategories categories whose images the bank was built from: 1 for a bank of the
 *     category's own, 0 where there was none
 * @param metrics its figures of merit
 * @param resolution where pixels were counted: {@code original} or a side length such as {@code
 *     224}
 * @param seconds wall time of this category
 * @param stageSeconds wall time of each stage, in the order of the stages
 * @param notes what the reader should know, such as a difference from the official census
 * @param search how good the search was; empty where it was exact or nothing was searched
 * @param decision what decisions without labels do on the images; empty where none were asked for
 */
public record CategoryResult(
    String category,
    int trainImages,
    int testImages,
    List<QuarantinedFile> quarantined,
    int components,
    long bankRows,
    int bankCategories,
    CategoryMetrics metrics,
    String resolution,
    double seconds,
    Map<String, Double> stageSeconds,
    List<String> notes,
    Optional<SearchQuality> search,
    Optional<DecisionQuality> decision) {
  /**
   * Takes unchangeable copies.
   *
   * @param category its name
   * @param trainImages normal images the model was fitted on
   * @param testImages images that were scored
   * @param quarantined files that were left out
   * @param components principal components kept
   * @param bankRows rows of the memory bank
   * @param bankCategories categories whose images the bank was built from: 1 for a bank of the
   *     category's own, 0 where there was none
   * @param metrics its figures of merit
   * @param resolution where pixels were counted: {@code original} or a side length such as {@code
   *     224}
   * @param seconds wall time of this category
   * @param stageSeconds wall time of each stage, in the order of the stages
   * @param notes what the reader should know, such as a difference from the official census
   * @param search how good the search was; empty where it was exact or nothing was searched
   * @param decision what decisions without labels do on the images; empty where none were asked for
   */
  public CategoryResult {
    quarantined = List.copyOf(quarantined);
    stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
    notes = List.copyOf(notes);
  }

  /**
   * The outcome where no decisions were asked for.
   *
   * @param category its name
   * @param trainImages normal images the model was fitted on
   * @param testImages images that were scored
   * @param quarantined files that were left out
   * @param components principal components kept
   * @param bankRows rows of the memory bank
   * @param bankCategories categories whose images the bank was built from: 1 for a bank of the
   *     category's own, 0 where there was none
   * @param metrics its figures of merit
   * @param resolution where pixels were counted: {@code original} or a side length such as {@code
   *     224}
   * @param seconds wall time of this category
   * @param stageSeconds wall time of each stage, in the order of the stages
   * @param notes what the reader should know, such as a difference from the official census
   * @param search how good the search was; empty where it was exact or nothing was searched
   */
  public CategoryResult(
      String category,
      int trainImages,
      int testImages,
      List<QuarantinedFile> quarantined,
      int components,
      long bankRows,
      int bankCategories,
      CategoryMetrics metrics,
      String resolution,
      double seconds,
      Map<String, Double> stageSeconds,
      List<String> notes,
      Optional<SearchQuality> search) {
    this(
        category,
        trainImages,
        testImages,
        quarantined,
        components,
        bankRows,
        bankCategories,
        metrics,
        resolution,
        seconds,
        stageSeconds,
        notes,
        search,
        Optional.empty());
  }

  /**
   * The outcome of an exact search in a bank of the category's own, or of maps from elsewhere.
   *
   * @param category its name
   * @param trainImages normal images the model was fitted on
   * @param testImages images that were scored
   * @param quarantined files that were left out
   * @param components principal components kept
   * @param bankRows rows of the memory bank; 0 where there was none
   * @param metrics its figures of merit
   * @param resolution where pixels were counted: {@code original} or a side length such as {@code
   *     224}
   * @param seconds wall time of this category
   * @param stageSeconds wall time of each stage, in the order of the stages
   * @param notes what the reader should know, such as a difference from the official census
   */
  public CategoryResult(
      String category,
      int trainImages,
      int testImages,
      List<QuarantinedFile> quarantined,
      int components,
      long bankRows,
      CategoryMetrics metrics,
      String resolution,
      double seconds,
      Map<String, Double> stageSeconds,
      List<String> notes) {
    this(
        category,
        trainImages,
        testImages,
        quarantined,
        components,
        bankRows,
        bankRows > 0 ? 1 : 0,
        metrics,
        resolution,
        seconds,
        stageSeconds,
        notes,
        Optional.empty());
  }

  /**
   * The same outcome with other notes.
   *
   * @param others the notes, instead of those that it has
   * @return a new outcome
   */
  public CategoryResult withNotes(List<String> others) {
    return new CategoryResult(
        category,
        trainImages,
        testImages,
        quarantined,
        components,
        bankRows,
        bankCategories,
        metrics,
        resolution,
        seconds,
        stageSeconds,
        others,
        search,
        decision);
  }

  /**
   * The same outcome of a category that took longer.
   *
   * @param all wall time of the category
   * @param byStage wall time of each stage, in the order of the stages
   * @return a new outcome
   */
  public CategoryResult withSeconds(double all, Map<String, Double> byStage) {
    return new CategoryResult(
        category,
        trainImages,
        testImages,
        quarantined,
        components,
        bankRows,
        bankCategories,
        metrics,
        resolution,
        all,
        byStage,
        notes,
        search,
        decision);
  }

  /**
   * The same outcome with what decisions without labels do.
   *
   * @param quality of the decisions on its images
   * @return a new outcome
   */
  public CategoryResult with(DecisionQuality quality) {
    return new CategoryResult(
        category,
        trainImages,
        testImages,
        quarantined,
        components,
        bankRows,
        bankCategories,
        metrics,
        resolution,
        seconds,
        stageSeconds,
        notes,
        search,
        Optional.of(quality));
  }

  /**
   * Area under the pixel precision-recall curve, step-wise ({@link ReportedMetric#PIXEL_AUPRC}).
   *
   * @return from 0 to 1; absent with the reason where it is undefined
   */
  public OptionalMetric pixelAuprc() {
    return OptionalMetric.of(metrics.pixel().auprc());
  }

  /**
   * The same by the trapezoidal rule ({@link ReportedMetric#PIXEL_AUPRC_TRAPEZOID}).
   *
   * @return from 0 to 1; absent with the reason where it is undefined
   */
  public OptionalMetric pixelAuprcTrapezoid() {
    return OptionalMetric.of(metrics.pixel().auprcTrapezoid());
  }

  /**
   * Area under the pixel ROC curve ({@link ReportedMetric#PIXEL_AUROC}).
   *
   * @return from 0 to 1; absent with the reason where it is undefined
   */
  public OptionalMetric pixelAuroc() {
    return OptionalMetric.of(metrics.pixel().auroc());
  }

  /**
   * Area under the ROC curve of the image scores ({@link ReportedMetric#IMAGE_AUROC}).
   *
   * @return from 0 to 1; absent with the reason where it is undefined
   */
  public OptionalMetric imageAuroc() {
    return OptionalMetric.of(metrics.imageAuroc());
  }
}
