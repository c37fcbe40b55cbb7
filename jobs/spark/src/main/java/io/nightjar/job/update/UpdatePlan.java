package io.nightjar.job.update;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.ScreenedImage;
import io.nightjar.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an update will do, each list in the order of the bank.
 *
 * @param kept names of the images of the next version
 * @param added those of them that are new
 * @param removed names of the images that the present version has and the next has not
 * @param heldBack new images that the guard holds back, the farthest first
 * @param explainedVariance ratio of the variance of the images that the guard let in which the
 *     bank's components explain; empty where there are none
 * @param refit whether the components are fitted again
 */
record UpdatePlan(
    Set<String> kept,
    Set<String> added,
    Set<String> removed,
    List<ScreenedImage> heldBack,
    OptionalDouble explainedVariance,
    boolean refit) {

  /**
   * Decides.
   *
   * @param times when the images of the bank were added; an image without a time is added now
   * @throws InvalidInputException if no image would be left
   */
  static UpdatePlan of(
      BankManifest bank,
      UpdateOptions update,
      ContaminationGuard.Screening screening,
      Map<String, Instant> times) {
    List<String> names = new ArrayList<>();
    bank.images().stream()
        .map(BankManifest.Image::path)
        .filter(name -> !update.remove().contains(name))
        .forEach(names::add);
    Set<String> added = new LinkedHashSet<>();
    List<ScreenedImage> heldBack = new ArrayList<>();
    for (ScreenedImage image : screening.images()) {
      if (screening.isBeyond(image) && !update.accepts(image.path())) {
        heldBack.add(image);
      } else {
        added.add(image.path());
      }
    }
    heldBack.sort(Comparator.comparingDouble(ScreenedImage::novelty).reversed());
    OptionalDouble explained = screening.explainedVariance(image -> added.contains(image.path()));
    names.addAll(added);
    Set<String> kept = new LinkedHashSet<>(names);
    kept.removeAll(update.window().removed(names, times));
    if (kept.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The update would leave no image in the bank of category %s; remove fewer.",
              bank.category()));
    }
    added.retainAll(kept);
    Set<String> removed = new LinkedHashSet<>();
    bank.images().stream()
        .map(BankManifest.Image::path)
        .filter(name -> !kept.contains(name))
        .forEach(removed::add);
    boolean refit =
        update
            .refit()
            .appliesTo(explained.orElse(Double.POSITIVE_INFINITY), bank.pca().explainedVariance());
    return new UpdatePlan(kept, added, removed, heldBack, explained, refit);
  }

  boolean changesRows() {
    return !added.isEmpty() || !removed.isEmpty();
  }
}
