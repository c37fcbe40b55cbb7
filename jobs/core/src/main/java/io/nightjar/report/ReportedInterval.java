package io.nightjar.report;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.Interval;
import java.util.Optional;
import java.util.function.Function;

/** The confidence intervals of a category: how files and people call them. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to accessors
public enum ReportedInterval {
  /**
   * The middle 95 % of the pixel AUPRC over bootstrap resamples of the test images (Efron and
   * Tibshirani 1993, chapter 13).
   */
  PIXEL_AUPRC_CI95(
      "pixel_auprc_ci95",
      "Pixel AUPRC, 95 % interval",
      ReportedMetric.PIXEL_AUPRC,
      CategoryMetrics::pixelAuprcCi95),
  /** The same of the image AUROC. */
  IMAGE_AUROC_CI95(
      "image_auroc_ci95",
      "Image AUROC, 95 % interval",
      ReportedMetric.IMAGE_AUROC,
      CategoryMetrics::imageAurocCi95);

  private final String key;
  private final String label;
  private final ReportedMetric metric;
  private final Function<CategoryMetrics, Optional<Interval>> value;

  ReportedInterval(
      String key,
      String label,
      ReportedMetric metric,
      Function<CategoryMetrics, Optional<Interval>> value) {
    this.key = key;
    this.label = label;
    this.metric = metric;
    this.value = value;
  }

  /**
   * The name in files, snake case.
   *
   * @return such as {@code pixel_auprc_ci95}
   */
  public String key() {
    return key;
  }

  /**
   * The name in tables and on pages.
   *
   * @return such as {@code Pixel AUPRC, 95 % interval}
   */
  public String label() {
    return label;
  }

  /**
   * The interval of a category.
   *
   * @param category with its metrics
   * @return within 0 and 1; empty where there is none
   */
  public Optional<Interval> of(CategoryResult category) {
    return value.apply(category.metrics());
  }

  /**
   * Why a category has no interval: because it has no figure, or because none was asked for.
   *
   * @param category that has no such interval
   * @return a few words, without a full stop
   */
  public String reason(CategoryResult category) {
    return metric.of(category.metrics()) instanceof Estimate.Undefined undefined
        ? undefined.reason()
        : "no bootstrap was made; it needs at least two defective images";
  }
}
