package io.nightjar.metric.decision;

import io.nightjar.score.ImageScoreKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was decided on the images of a category by the scores of the bank's own images.
 *
 * @param kind the kind of score, of the map before it is upsampled and smoothed
 * @param calibrationImages whose scores were compared with, n
 * @param limit the score above which images are anomalous at the false alarm rate
 * @param pixelThreshold the distance from which on patches are anomalous; empty where no rate was
 *     stated for them
 * @param images an entry for each image, in their order
 */
public record CategoryDecision(
    ImageScoreKind kind,
    int calibrationImages,
    float limit,
    OptionalDouble pixelThreshold,
    List<ImageDecision> images) {

  /** Takes an unchangeable copy. */
  public CategoryDecision {
    images = List.copyOf(images);
  }

  /**
   * The smallest rate that so many images can promise.
   *
   * @return 1 / (n + 1)
   */
  public double smallestRate() {
    return 1.0 / (calibrationImages + 1.0);
  }

  /**
   * The number of anomalous images at the false alarm rate.
   *
   * @return 0 or more
   */
  public int anomalous() {
    return (int) images.stream().filter(ImageDecision::anomalous).count();
  }

  /**
   * The number of images selected at the false discovery rate of the run.
   *
   * @return empty where no rate was stated
   */
  public Optional<Integer> selected() {
    return images.stream().allMatch(image -> image.selected().isPresent())
        ? Optional.of((int) images.stream().filter(image -> image.selected().orElseThrow()).count())
        : Optional.empty();
  }
}
