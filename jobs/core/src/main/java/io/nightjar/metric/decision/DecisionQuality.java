package io.nightjar.metric.decision;

import io.nightjar.score.ImageScoreKind;
import java.util.Optional;

/**
 * What decisions that know no label do on labelled images: wished rates next to those that were
 * found.
 *
 * @param kind the kind of score, of the map before it is upsampled and smoothed
 * @param calibrationImages whose scores were compared with
 * @param falseAlarmRate wished
 * @param limit the score above which images are anomalous
 * @param good normal images
 * @param falseAlarms normal images that are anomalous
 * @param defective defective images
 * @param detected defective images that are anomalous
 * @param selection of the run, as far as it is of the category; empty where none was asked for
 * @param pixels at their threshold; empty where none was asked for
 */
public record DecisionQuality(
    ImageScoreKind kind,
    int calibrationImages,
    double falseAlarmRate,
    float limit,
    int good,
    int falseAlarms,
    int defective,
    int detected,
    Optional<SelectionQuality> selection,
    Optional<PixelQuality> pixels) {

  /**
   * The images of a category that are selected.
   *
   * @param falseDiscoveryRate wished, over the run
   * @param selected images of the category
   * @param good normal images among them
   */
  public record SelectionQuality(double falseDiscoveryRate, int selected, int good) {}

  /**
   * Compares decisions with labels.
   *
   * @param decision on the images of a category
   * @param defective whether each of them is, in their order
   * @param rates that were wished
   * @param pixels at their threshold; empty where none was asked for
   * @return the numbers of both kinds of images
   */
  public static DecisionQuality of(
      CategoryDecision decision,
      boolean[] defective,
      DecisionRates rates,
      Optional<PixelQuality> pixels) {
    int[] images = new int[2];
    int[] anomalous = new int[2];
    int[] selected = new int[2];
    for (int i = 0; i < defective.length; i++) {
      int label = defective[i] ? 1 : 0;
      ImageDecision image = decision.images().get(i);
      images[label]++;
      anomalous[label] += image.anomalous() ? 1 : 0;
      selected[label] += image.selected().orElse(false) ? 1 : 0;
    }
    return new DecisionQuality(
        decision.kind(),
        decision.calibrationImages(),
        rates.falseAlarms().getAsDouble(),
        decision.limit(),
        images[0],
        anomalous[0],
        images[1],
        anomalous[1],
        rates.falseDiscoveries().isPresent()
            ? Optional.of(
                new SelectionQuality(
                    rates.falseDiscoveries().getAsDouble(), selected[0] + selected[1], selected[0]))
            : Optional.empty(),
        pixels);
  }
}
