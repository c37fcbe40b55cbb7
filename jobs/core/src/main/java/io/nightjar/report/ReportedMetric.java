package io.nightjar.report;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ItemMetrics;
import io.nightjar.metric.result.SaturatedOverlap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The metrics of a category that are one number: how files and people call them. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to accessors
public enum ReportedMetric {
  /** Area under the precision-recall curve of all pixels, step-wise; 0 to 1. */
  PIXEL_AUPRC("pixel_auprc", "Pixel AUPRC", Kind.FIGURE, m -> m.pixel().auprc()),
  /** A lower bound of the exact pixel AUPRC, equal to it in exact mode; 0 to 1. */
  PIXEL_AUPRC_LOWER(
      "pixel_auprc_lower",
      "Pixel AUPRC (lower bound)",
      Kind.BOUND,
      m -> bound(m.pixel().auprc(), Estimate::lower)),
  /** An upper bound of the exact pixel AUPRC, equal to it in exact mode; 0 to 1. */
  PIXEL_AUPRC_UPPER(
      "pixel_auprc_upper",
      "Pixel AUPRC (upper bound)",
      Kind.BOUND,
      m -> bound(m.pixel().auprc(), Estimate::upper)),
  /** Area under the same curve by the trapezoidal rule; 0 to 1. */
  PIXEL_AUPRC_TRAPEZOID(
      "pixel_auprc_trapezoid",
      "Pixel AUPRC (trapezoid)",
      Kind.FIGURE,
      m -> m.pixel().auprcTrapezoid()),
  /** Area under the ROC curve of all pixels; 0 to 1. */
  PIXEL_AUROC("pixel_auroc", "Pixel AUROC", Kind.FIGURE, m -> m.pixel().auroc()),
  /**
   * Area under the per-region overlap up to a false positive rate of 0.3, divided by it; 0 to 1.
   */
  AUPRO_30("aupro_0_30", "AUPRO 0.30", Kind.FIGURE, CategoryMetrics::aupro30),
  /** The same up to a false positive rate of 0.05; 0 to 1. */
  AUPRO_05("aupro_0_05", "AUPRO 0.05", Kind.FIGURE, CategoryMetrics::aupro05),
  /**
   * Area under the saturated per-region overlap up to a false positive rate of 0.3, divided by it;
   * 0 to 1. Only where the data set states saturation areas.
   */
  AU_SPRO_30("au_spro_0_30", "AU-sPRO 0.30", m -> m.saturated().map(SaturatedOverlap::auSpro30)),
  /** The same up to a false positive rate of 0.05; 0 to 1. */
  AU_SPRO_05("au_spro_0_05", "AU-sPRO 0.05", m -> m.saturated().map(SaturatedOverlap::auSpro05)),
  /**
   * Area under the per-image overlap at false positive rates of 1e-5 to 1e-4, averaged over the
   * defective images; 0 to 1.
   */
  AUPIMO("aupimo", "AUPIMO", Kind.FIGURE, CategoryMetrics::aupimo),
  /** The largest F1 of the pixels at any threshold; 0 to 1. */
  PIXEL_BEST_F1("pixel_best_f1", "Pixel best F1", Kind.FIGURE, m -> m.pixelBestF1().f1()),
  /** The score from which on a pixel counts as found there: in the unit of the maps. */
  PIXEL_BEST_F1_THRESHOLD(
      "pixel_best_f1_threshold",
      "Pixel best F1 (threshold)",
      Kind.THRESHOLD,
      m -> threshold(m.pixelBestF1())),
  /**
   * The false positive rate of the pixels where 95 % of the defective ones are found; 0 to 1,
   * smaller is better.
   */
  PIXEL_FPR_AT_95_TPR(
      "pixel_fpr_at_95_tpr", "Pixel FPR at 95 % TPR", Kind.FIGURE, CategoryMetrics::fprAt95Tpr),
  /** Area under the ROC curve of the image scores; 0 to 1. */
  IMAGE_AUROC("image_auroc", "Image AUROC", Kind.FIGURE, CategoryMetrics::imageAuroc),
  /** Average precision of the image scores; 0 to 1. */
  IMAGE_AP("image_ap", "Image AP", Kind.FIGURE, CategoryMetrics::imageAveragePrecision),
  /** The largest F1 of the images at any threshold; 0 to 1. */
  IMAGE_BEST_F1("image_best_f1", "Image best F1", Kind.FIGURE, m -> m.imageBestF1().f1()),
  /** The score from which on an image counts as defective there: in the unit of the maps. */
  IMAGE_BEST_F1_THRESHOLD(
      "image_best_f1_threshold",
      "Image best F1 (threshold)",
      Kind.THRESHOLD,
      m -> threshold(m.imageBestF1())),
  /**
   * Area under the ROC curve of the items' scores; 0 to 1. Only where the data set says which
   * images show one item.
   */
  ITEM_AUROC("item_auroc", "Item AUROC", m -> m.items().map(ItemMetrics::auroc)),
  /**
   * Average precision of the items' scores; 0 to 1. Only where the data set says which images show
   * one item.
   */
  ITEM_AP("item_ap", "Item AP", m -> m.items().map(ItemMetrics::averagePrecision));

  private enum Kind {
    /** A figure of merit. */
    FIGURE,
    /** A bound of one, which is absent with it. */
    BOUND,
    /** A score, absent with its figure; scores of two categories have no common scale. */
    THRESHOLD
  }

  private final String key;
  private final String label;
  private final Kind kind;
  private final boolean always;
  private final Function<CategoryMetrics, Optional<Estimate>> value;

  ReportedMetric(String key, String label, Kind kind, Function<CategoryMetrics, Estimate> value) {
    this.key = key;
    this.label = label;
    this.kind = kind;
    this.always = true;
    this.value = metrics -> Optional.of(value.apply(metrics));
  }

  /** A figure of data sets that state more than usual. */
  ReportedMetric(String key, String label, Function<CategoryMetrics, Optional<Estimate>> value) {
    this.key = key;
    this.label = label;
    this.kind = Kind.FIGURE;
    this.always = false;
    this.value = value;
  }

  private static Estimate bound(Estimate metric, Function<Estimate, Double> bound) {
    return metric.isPresent() ? exactly(bound.apply(metric)) : metric;
  }

  private static Estimate threshold(BestF1 best) {
    if (!best.f1().isPresent()) {
      return best.f1();
    }
    return best.threshold().isPresent()
        ? exactly(best.threshold().getAsDouble())
        : new Estimate.Undefined("no threshold gives the best F1");
  }

  private static Estimate exactly(double value) {
    return new Estimate.Known(value, value, value);
  }

  /**
   * The name in files, snake case.
   *
   * @return such as {@code pixel_auprc}
   */
  public String key() {
    return key;
  }

  /**
   * The name in tables and on pages.
   *
   * @return such as {@code Pixel AUPRC}
   */
  public String label() {
    return label;
  }

  /**
   * The label within a sentence; an abbreviation keeps its capitals.
   *
   * @return such as {@code pixel AUPRC} or {@code AUPRO 0.30}
   */
  public String labelInSentence() {
    return Character.isLowerCase(label.charAt(1))
        ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1)
        : label;
  }

  /**
   * Whether this is a figure of merit, not a bound or a threshold that belongs to one.
   *
   * @return false for bounds and thresholds
   */
  public boolean isFigure() {
    return kind == Kind.FIGURE;
  }

  /** Whether it is a figure of pixels or regions, for which defective images need masks. */
  boolean needsMasks() {
    return this != IMAGE_AUROC
        && this != IMAGE_AP
        && this != IMAGE_BEST_F1
        && this != IMAGE_BEST_F1_THRESHOLD
        && this != ITEM_AUROC
        && this != ITEM_AP;
  }

  /**
   * Whether the mean over categories says something.
   *
   * @return false for thresholds, since scores of two categories have no common scale
   */
  public boolean isAveraged() {
    return kind != Kind.THRESHOLD;
  }

  /**
   * Whether the figure is asked of a category at all: whether the data set states what it is made
   * of. One that is not asked for is left out of files; it is no figure that is missing.
   *
   * @param metrics of the category
   * @return always true but for figures of saturation areas and of items
   */
  public boolean appliesTo(CategoryMetrics metrics) {
    return always || value.apply(metrics).isPresent();
  }

  /**
   * Whether it is asked of any category of a report.
   *
   * @param report of all categories
   * @return false where files leave it out
   */
  public boolean isReportedIn(EvaluationReport report) {
    return always
        || report.categories().stream().anyMatch(category -> appliesTo(category.metrics()));
  }

  /**
   * The metrics of a report, in the order of files.
   *
   * @param report of all categories
   * @return those that are asked of any category, whether they have a value or not
   */
  public static List<ReportedMetric> in(EvaluationReport report) {
    return Stream.of(values()).filter(metric -> metric.isReportedIn(report)).toList();
  }

  /**
   * The metrics of a category, in the order of files.
   *
   * @param metrics of the category
   * @return those that are asked of it, whether they have a value or not
   */
  public static List<ReportedMetric> in(CategoryMetrics metrics) {
    return Stream.of(values()).filter(metric -> metric.appliesTo(metrics)).toList();
  }

  /**
   * The metric of a category with its bounds.
   *
   * @param metrics of the category
   * @return undefined with a reason where it does not exist or is not asked for
   */
  public Estimate of(CategoryMetrics metrics) {
    return value
        .apply(metrics)
        .orElseGet(() -> new Estimate.Undefined("the data set does not state what it is made of"));
  }

  /**
   * The metric of a category.
   *
   * @param category with its metrics
   * @return absent with a reason where it does not exist or is not asked for
   */
  public OptionalMetric of(CategoryResult category) {
    return OptionalMetric.of(of(category.metrics()));
  }

  /**
   * The mean over the categories that have the metric; it says something only where {@link
   * #isAveraged} is true.
   *
   * @param report of all categories
   * @return absent where no category has it
   */
  public OptionalMetric mean(EvaluationReport report) {
    return report.mean(this::of);
  }

  Definition definition() {
    return Definitions.of(key);
  }
}
