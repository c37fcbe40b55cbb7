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
  PIXEL_AUPRC("pixel_auprc", "Pixel AUPRC", Kind.FIGURE, m -> m.pixel().auprc()),
  PIXEL_AUPRC_LOWER(
      "pixel_auprc_lower",
      "Pixel AUPRC (lower bound)",
      Kind.BOUND,
      m -> bound(m.pixel().auprc(), Estimate::lower)),
  PIXEL_AUPRC_UPPER(
      "pixel_auprc_upper",
      "Pixel AUPRC (upper bound)",
      Kind.BOUND,
      m -> bound(m.pixel().auprc(), Estimate::upper)),
  PIXEL_AUPRC_TRAPEZOID(
      "pixel_auprc_trapezoid",
      "Pixel AUPRC (trapezoid)",
      Kind.FIGURE,
      m -> m.pixel().auprcTrapezoid()),
  PIXEL_AUROC("pixel_auroc", "Pixel AUROC", Kind.FIGURE, m -> m.pixel().auroc()),
  AUPRO_30("aupro_0_30", "AUPRO 0.30", Kind.FIGURE, CategoryMetrics::aupro30),
  AUPRO_05("aupro_0_05", "AUPRO 0.05", Kind.FIGURE, CategoryMetrics::aupro05),
  /** Where the data set states saturation areas. */
  AU_SPRO_30("au_spro_0_30", "AU-sPRO 0.30", m -> m.saturated().map(SaturatedOverlap::auSpro30)),
  /** Likewise. */
  AU_SPRO_05("au_spro_0_05", "AU-sPRO 0.05", m -> m.saturated().map(SaturatedOverlap::auSpro05)),
  AUPIMO("aupimo", "AUPIMO", Kind.FIGURE, CategoryMetrics::aupimo),
  PIXEL_BEST_F1("pixel_best_f1", "Pixel best F1", Kind.FIGURE, m -> m.pixelBestF1().f1()),
  PIXEL_BEST_F1_THRESHOLD(
      "pixel_best_f1_threshold",
      "Pixel best F1 (threshold)",
      Kind.THRESHOLD,
      m -> threshold(m.pixelBestF1())),
  PIXEL_FPR_AT_95_TPR(
      "pixel_fpr_at_95_tpr", "Pixel FPR at 95 % TPR", Kind.FIGURE, CategoryMetrics::fprAt95Tpr),
  IMAGE_AUROC("image_auroc", "Image AUROC", Kind.FIGURE, CategoryMetrics::imageAuroc),
  IMAGE_AP("image_ap", "Image AP", Kind.FIGURE, CategoryMetrics::imageAveragePrecision),
  IMAGE_BEST_F1("image_best_f1", "Image best F1", Kind.FIGURE, m -> m.imageBestF1().f1()),
  IMAGE_BEST_F1_THRESHOLD(
      "image_best_f1_threshold",
      "Image best F1 (threshold)",
      Kind.THRESHOLD,
      m -> threshold(m.imageBestF1())),
  /** Where the data set says which images show one item. */
  ITEM_AUROC("item_auroc", "Item AUROC", m -> m.items().map(ItemMetrics::auroc)),
  /** Likewise. */
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

  /** The name in files, snake case. */
  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  /** The label within a sentence; an abbreviation keeps its capitals. */
  public String labelInSentence() {
    return Character.isLowerCase(label.charAt(1))
        ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1)
        : label;
  }

  /** Whether this is a figure of merit, not a bound or a threshold that belongs to one. */
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

  /** Whether the mean over categories says something. */
  public boolean isAveraged() {
    return kind != Kind.THRESHOLD;
  }

  /**
   * Whether the figure is asked of a category at all: whether the data set states what it is made
   * of. One that is not asked for is left out of files; it is no figure that is missing.
   */
  public boolean appliesTo(CategoryMetrics metrics) {
    return always || value.apply(metrics).isPresent();
  }

  /** Whether it is asked of any category of a report. */
  public boolean isReportedIn(EvaluationReport report) {
    return always
        || report.categories().stream().anyMatch(category -> appliesTo(category.metrics()));
  }

  /** The figures of a report, in the order of files. */
  public static List<ReportedMetric> in(EvaluationReport report) {
    return Stream.of(values()).filter(metric -> metric.isReportedIn(report)).toList();
  }

  /** The figures of a category, in the order of files. */
  public static List<ReportedMetric> in(CategoryMetrics metrics) {
    return Stream.of(values()).filter(metric -> metric.appliesTo(metrics)).toList();
  }

  public Estimate of(CategoryMetrics metrics) {
    return value
        .apply(metrics)
        .orElseGet(() -> new Estimate.Undefined("the data set does not state what it is made of"));
  }

  public OptionalMetric of(CategoryResult category) {
    return OptionalMetric.of(of(category.metrics()));
  }

  public OptionalMetric mean(EvaluationReport report) {
    return report.mean(this::of);
  }

  Definition definition() {
    return Definitions.of(key);
  }
}
