package io.nightjar.report;

import java.util.Locale;
import java.util.function.Function;

/** The metrics of a category: how files and people call them, and what they are. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to accessors
enum ReportedMetric {
  PIXEL_AUPRC(
      "pixel_auprc",
      "Pixel AUPRC",
      CategoryResult::pixelAuprc,
      "Area under the precision-recall curve of all pixels of all test images of the category,"
          + " step-wise: the precision at every threshold, weighted by the recall gained there"
          + " (average precision, as in scikit-learn).",
      "AP = Σₙ (Rₙ − Rₙ₋₁) · Pₙ"),
  PIXEL_AUPRC_TRAPEZOID(
      "pixel_auprc_trapezoid",
      "Pixel AUPRC, trapezoid",
      CategoryResult::pixelAuprcTrapezoid,
      "The same curve with straight lines between its points; it interpolates optimistically and"
          + " stands here for comparison with papers that use it.",
      "Σₙ (Rₙ − Rₙ₋₁) · (Pₙ + Pₙ₋₁) / 2"),
  PIXEL_AUROC(
      "pixel_auroc",
      "Pixel AUROC",
      CategoryResult::pixelAuroc,
      "The probability that a defective pixel scores higher than a normal one, over all pixels of"
          + " all test images of the category; ties count half.",
      "P(s⁺ > s⁻) + ½ · P(s⁺ = s⁻)"),
  IMAGE_AUROC(
      "image_auroc",
      "Image AUROC",
      CategoryResult::imageAuroc,
      "The same probability for whole images, whose score is the largest value of their map.",
      "s(image) = max s(x, y)");

  private final String key;
  private final String label;
  private final Function<CategoryResult, OptionalMetric> value;
  private final String definition;
  private final String formula;

  ReportedMetric(
      String key,
      String label,
      Function<CategoryResult, OptionalMetric> value,
      String definition,
      String formula) {
    this.key = key;
    this.label = label;
    this.value = value;
    this.definition = definition;
    this.formula = formula;
  }

  /** The name in files, snake case. */
  String key() {
    return key;
  }

  /** The name of the field that says why the metric is absent. */
  String reasonKey() {
    return key + "_reason";
  }

  String label() {
    return label;
  }

  /** The label as it stands within a sentence. */
  String labelInSentence() {
    return label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
  }

  OptionalMetric of(CategoryResult category) {
    return value.apply(category);
  }

  OptionalMetric mean(EvaluationReport report) {
    return report.mean(value);
  }

  String definition() {
    return definition;
  }

  String formula() {
    return formula;
  }
}
