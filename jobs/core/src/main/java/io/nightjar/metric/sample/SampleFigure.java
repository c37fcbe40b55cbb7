package io.nightjar.metric.sample;

import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of merit that follow from a sample, by their names in {@code metrics.json}. */
public enum SampleFigure {
  PIXEL_AUPRC(0, "pixel_auprc", "pixel AUPRC"),
  PIXEL_AUPRC_TRAPEZOID(1, "pixel_auprc_trapezoid", "pixel AUPRC (trapezoid)"),
  PIXEL_AUROC(2, "pixel_auroc", "pixel AUROC"),
  AUPRO_30(3, "aupro_0_30", "AUPRO 0.30"),
  AUPRO_05(4, "aupro_0_05", "AUPRO 0.05"),
  AUPIMO(5, "aupimo", "AUPIMO"),
  PIXEL_BEST_F1(6, "pixel_best_f1", "pixel best F1"),
  /** Lower is better. */
  PIXEL_FPR_AT_95_TPR(7, "pixel_fpr_at_95_tpr", "pixel FPR at 95 % TPR"),
  IMAGE_AUROC(8, "image_auroc", "image AUROC"),
  IMAGE_AP(9, "image_ap", "image AP"),
  IMAGE_BEST_F1(10, "image_best_f1", "image best F1"),
  /** Where images show items. */
  ITEM_AUROC(11, "item_auroc", "item AUROC"),
  /** Likewise. */
  ITEM_AP(12, "item_ap", "item AP"),
  /** Where the data set states saturation areas. */
  AU_SPRO_30(13, "au_spro_0_30", "AU-sPRO 0.30"),
  /** Likewise. */
  AU_SPRO_05(14, "au_spro_0_05", "AU-sPRO 0.05");

  private final int index;
  private final String key;
  private final String label;

  SampleFigure(int index, String key, String label) {
    this.index = index;
    this.key = key;
    this.label = label;
  }

  /** Its place in arrays of all figures, from 0. */
  public int index() {
    return index;
  }

  /** The name in files. */
  public String key() {
    return key;
  }

  /** The name within a sentence. */
  public String label() {
    return label;
  }

  /** Whether a smaller number is better. */
  public boolean lowerIsBetter() {
    return this == PIXEL_FPR_AT_95_TPR;
  }

  /** A change as it counts: above 0 where the figure became better. */
  public double gain(double difference) {
    return lowerIsBetter() ? -difference : difference;
  }

  /** The figure of this name. */
  public static Optional<SampleFigure> of(String key) {
    return Arrays.stream(values()).filter(figure -> figure.key.equals(key)).findFirst();
  }

  /**
   * The figure of this name.
   *
   * @throws IllegalArgumentException naming all of them, if there is none
   */
  public static SampleFigure named(String key) {
    return of(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Text.format(
                        "\"%s\" is no figure; the figures are %s",
                        key,
                        Arrays.stream(values())
                            .map(SampleFigure::key)
                            .collect(Collectors.joining(", ")))));
  }
}
