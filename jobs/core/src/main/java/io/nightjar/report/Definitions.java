package io.nightjar.report;

import io.nightjar.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every figure of a report is, once, for all of its files. */
public final class Definitions {
  private static final String SCIKIT_LEARN = "scikit-learn, %s (Pedregosa et al., JMLR 12, 2011)";
  private static final String FAWCETT =
      "Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006";
  private static final String BERGMANN =
      "Bergmann et al., The MVTec Anomaly Detection Dataset, IJCV 129, 2021";
  private static final String BERGMANN_LOCO =
      "Bergmann et al., Beyond Dents and Scratches: Logical Constraints in Unsupervised Anomaly"
          + " Detection and Localization, IJCV 130, 2022";
  private static final String BERTOLDO =
      "Bertoldo et al., AUPIMO: Redefining Visual Anomaly Detection Benchmarks with High Speed and"
          + " Low Tolerance, BMVC 2024";
  private static final String EFRON =
      "Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13";
  private static final String VAN_RIJSBERGEN = "van Rijsbergen, Information Retrieval, 1979";

  private static final Map<String, Definition> BY_KEY = Collections.unmodifiableMap(define());

  private Definitions() {}

  /**
   * The definitions of all figures, by the names in {@code metrics.json}, in its order.
   *
   * @return an unmodifiable map
   */
  public static Map<String, Definition> byKey() {
    return BY_KEY;
  }

  /** The definition of a name in {@code metrics.json}. */
  static Definition of(String key) {
    Definition definition = BY_KEY.get(key);
    if (definition == null) {
      throw new IllegalArgumentException("Nothing says what " + key + " is");
    }
    return definition;
  }

  private static Map<String, Definition> define() {
    Map<String, Definition> all = new LinkedHashMap<>();
    pixels(all);
    regions(all);
    thresholds(all);
    images(all);
    parts(all);
    return all;
  }

  private static void pixels(Map<String, Definition> all) {
    all.put(
        "pixel_auprc",
        new Definition(
            "Area under the precision-recall curve of all pixels of all test images of the"
                + " category, step-wise: the precision at every threshold, weighted by the recall"
                + " gained there (average precision).",
            "AP = Σₙ (Rₙ − Rₙ₋₁) · Pₙ",
            Text.format(SCIKIT_LEARN, "average_precision_score")));
    all.put(
        "pixel_auprc_lower",
        new Definition(
            "A lower bound of the exact pixel AUPRC: the order of scores within a bin of the"
                + " histogram is unknown; in exact mode the bounds coincide.",
            "AP ≥ Σ over bins of the least that any order of the bin's scores adds",
            "Nightjar"));
    all.put(
        "pixel_auprc_upper",
        new Definition(
            "An upper bound of the exact pixel AUPRC, likewise.",
            "AP ≤ Σ over bins of the most that any order of the bin's scores adds",
            "Nightjar"));
    all.put(
        "pixel_auprc_ci95",
        new Definition(
            "The middle 95 % of the pixel AUPRC, computed on coarse bins of scores, over 1,000"
                + " resamples of the test images, good and defective ones each drawn with"
                + " replacement in their own number, from a fixed seed: how much the figure depends"
                + " on which images were tested. There is none with fewer than two defective images.",
            "[q₀.₀₂₅(AP*), q₀.₉₇₅(AP*)]", EFRON));
    all.put(
        "pixel_auprc_exact",
        new Definition(
            "Whether the pixel AUPRC and AUROC were computed from the sorted scores themselves"
                + " (exact mode) and not from their histogram; false where float64 scores of maps"
                + " fell together as float32, which the notes say.",
            "true: lower = AP = upper",
            "Nightjar"));
    all.put(
        "pixel_auprc_trapezoid",
        new Definition(
            "The same curve with straight lines between its points; it interpolates optimistically"
                + " and is given for comparison with papers that use it.",
            "Σₙ (Rₙ − Rₙ₋₁) · (Pₙ + Pₙ₋₁) / 2",
            Text.format(SCIKIT_LEARN, "auc of precision_recall_curve")));
    all.put(
        "pixel_auroc",
        new Definition(
            "The probability that a defective pixel scores higher than a normal one, over all"
                + " pixels of all test images of the category; ties count half.",
            "P(s⁺ > s⁻) + ½ · P(s⁺ = s⁻)",
            FAWCETT));
  }

  private static void regions(Map<String, Definition> all) {
    all.put(
        "aupro_0_30",
        new Definition(
            "Area under the per-region overlap: the fraction of a defective region that is found,"
                + " averaged over the 8-connected regions of all masks, each of which weighs the"
                + " same whatever its size, against the false positive rate of the normal pixels of"
                + " all test images; by the trapezoidal rule up to a rate of 0.3, divided by it.",
            "1/0.3 · ∫₀^0.3 PRO d FPR,  PRO(t) = 1/K · Σₖ |Cₖ ∩ {s ≥ t}| / |Cₖ|",
            BERGMANN));
    all.put(
        "aupro_0_05",
        new Definition(
            "The same up to a false positive rate of 0.05, where an inspection line can work.",
            "1/0.05 · ∫₀^0.05 PRO d FPR",
            BERGMANN));
    all.put(
        "au_spro_0_30",
        new Definition(
            "Area under the saturated per-region overlap, for data sets that state saturation"
                + " thresholds (MVTec LOCO AD's defects_config.json): the found fraction of a"
                + " defect's saturation area, at most 1, averaged over all defects with equal"
                + " weight, against the false positive rate of the pixels outside of every defect"
                + " in all test images; by the trapezoidal rule up to a rate of 0.3, divided by it."
                + " A defect is all pixels of one value in one mask file. Its saturation area is the"
                + " stated fraction of its area, rounded down but at least one pixel, or the stated"
                + " number of pixels, at most its area.",
            "1/0.3 · ∫₀^0.3 sPRO d FPR,  sPRO(t) = 1/K · Σₖ min(|Dₖ ∩ {s ≥ t}| / Sₖ, 1)",
            BERGMANN_LOCO));
    all.put(
        "au_spro_0_05",
        new Definition(
            "The same up to a false positive rate of 0.05, MVTec LOCO AD's own limit.",
            "1/0.05 · ∫₀^0.05 sPRO d FPR",
            BERGMANN_LOCO));
    all.put(
        "aupimo",
        new Definition(
            "Area under the per-image overlap: the fraction of an image's defective pixels that is"
                + " found, averaged over the logarithm of the false positive rate from 1e-5 to 1e-4;"
                + " that rate is the mean of the good images' own rates, so every image has the"
                + " same thresholds; the mean over the defective images.",
            "1/ln(U/L) · ∫ TPRᵢ(FPR⁻¹(z)) d ln z over z from L = 1e-5 to U = 1e-4",
            BERTOLDO));
  }

  private static void thresholds(Map<String, Definition> all) {
    all.put(
        "pixel_best_f1",
        new Definition(
            "The largest harmonic mean of precision and recall of the pixels at any threshold.",
            "maxₜ 2 · P(t) · R(t) / (P(t) + R(t))",
            VAN_RIJSBERGEN));
    all.put(
        "pixel_best_f1_threshold",
        new Definition(
            "The score at which the pixels reach it; a pixel counts as found from this score on.",
            "argmaxₜ F₁(t)",
            VAN_RIJSBERGEN));
    all.put(
        "pixel_fpr_at_95_tpr",
        new Definition(
            "The fraction of normal pixels that are called defective at the highest threshold that"
                + " finds at least 95 % of the defective ones; smaller is better.",
            "min { FPR(t) : TPR(t) ≥ 0.95 }",
            "Liang et al., Enhancing the Reliability of Out-of-distribution Image Detection, ICLR"
                + " 2018"));
  }

  private static void images(Map<String, Definition> all) {
    all.put(
        "image_auroc",
        new Definition(
            "The probability that a defective image scores higher than a good one, ties counting"
                + " half; an image's score is the largest value of its map, or what --image-score"
                + " names instead.",
            "P(s⁺ > s⁻) + ½ · P(s⁺ = s⁻),  by default s(image) = max s(x, y)",
            FAWCETT));
    all.put(
        "image_auroc_ci95",
        new Definition(
            "The middle 95 % of the image AUROC over the same resamples of the test images.",
            "[q₀.₀₂₅(AUROC*), q₀.₉₇₅(AUROC*)]", EFRON));
    all.put(
        "image_ap",
        new Definition(
            "Average precision of the image scores: the area under their precision-recall curve,"
                + " step-wise.",
            "AP = Σₙ (Rₙ − Rₙ₋₁) · Pₙ",
            Text.format(SCIKIT_LEARN, "average_precision_score")));
    all.put(
        "image_best_f1",
        new Definition(
            "The largest harmonic mean of precision and recall of the images at any threshold.",
            "maxₜ 2 · P(t) · R(t) / (P(t) + R(t))",
            VAN_RIJSBERGEN));
    all.put(
        "image_best_f1_threshold",
        new Definition(
            "The score at which the images reach it; an image counts as defective from this score"
                + " on.",
            "argmaxₜ F₁(t)",
            VAN_RIJSBERGEN));
    all.put(
        "item_auroc",
        new Definition(
            "For data sets that show an item in several images: the image AUROC of items. An item's"
                + " score is the largest of its images', and it is defective if any of them is.",
            "P(s⁺ > s⁻) + ½ · P(s⁺ = s⁻),  s(item) = max s(image)",
            FAWCETT));
    all.put(
        "item_ap",
        new Definition(
            "Average precision of the items' scores, likewise.",
            "AP = Σₙ (Rₙ − Rₙ₋₁) · Pₙ",
            Text.format(SCIKIT_LEARN, "average_precision_score")));
  }

  private static void parts(Map<String, Definition> all) {
    all.put(
        "by_defect",
        new Definition(
            "The figures of one kind of defect: its defective images together with all good ones.",
            "test images of the kind ∪ good test images",
            "Nightjar"));
    all.put(
        "by_group",
        new Definition(
            "The figures of one group of test images, such as a light condition or a view: its"
                + " defective and its good images and no others. An image without a group is in none.",
            "test images of the group",
            "Nightjar"));
    all.put(
        "bounds",
        new Definition(
            "For each other figure that bins of the histogram leave open, two numbers that enclose"
                + " the exact value; a figure that is not named is exact.",
            "lower ≤ exact ≤ upper",
            "Nightjar"));
    all.put(
        "search",
        new Definition(
            "Where the search was approximate: how it compares with the exact search on a seeded"
                + " sample of the category's test images. recall_at_1 is the fraction of their patches"
                + " whose first neighbour is as near as the nearest row,"
                + " mean_relative_distance_error the mean excess of the patches' distances,"
                + " pixel_auprc_change the sample's pixel AUPRC less that with the exact search.",
            "R@1 = fraction of d₁ = d₁*, error = mean of (d − d*) / d*, ΔAP = AP − AP*",
            "Nightjar"));
    all.put(
        "aupimo_by_image",
        new Definition(
            "AUPIMO of each defective image, in curves/<category>.json.",
            "as aupimo, for one i",
            BERTOLDO));
    all.put(
        "curves",
        new Definition(
            "In curves/<category>.json, from the highest threshold down: recall, precision, false"
                + " positive rate and per-region overlap of the pixels that score at or above it.",
            "R = TP/(TP+FN), P = TP/(TP+FP), FPR = FP/(FP+TN), PRO as in aupro_0_30",
            "scikit-learn, precision_recall_curve and roc_curve; " + BERGMANN));
    all.put(
        "mean",
        new Definition(
            "The plain mean over the categories that have the figure; thresholds and intervals have"
                + " none.",
            "1/C · Σ over categories",
            "Nightjar"));
  }
}
