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
 * @param coming those of them that are new
 * @param leaving names of the images that the present version has and the next has not
 * @param held new images that the guard holds back, the farthest first
 * @param captured share of the variance of the images that the guard let in which the bank's
 *     components have; empty where there are none
 * @param refit whether the components are fitted anew
 */
record UpdatePlan(
    Set<String> kept,
    Set<String> coming,
    Set<String> leaving,
    List<ScreenedImage> held,
    OptionalDouble captured,
    boolean refit) {

  /**
   * Decides.
   *
   * @param added when the images of the bank were added; an image without a time is added now
   * @throws InvalidInputException if no image would be left
   */
  static UpdatePlan of(
      BankManifest bank,
      UpdateOptions update,
      ContaminationGuard.Judgement judgement,
      Map<String, Instant> added) {
    List<String> names = new ArrayList<>();
    bank.images().stream()
        .map(BankManifest.Image::path)
        .filter(name -> !update.remove().contains(name))
        .forEach(names::add);
    Set<String> coming = new LinkedHashSet<>();
    List<ScreenedImage> held = new ArrayList<>();
    for (ScreenedImage image : judgement.images()) {
      if (judgement.isBeyond(image) && !update.accepts(image.path())) {
        held.add(image);
      } else {
        coming.add(image.path());
      }
    }
    held.sort(Comparator.comparingDouble(ScreenedImage::novelty).reversed());
    OptionalDouble captured = judgement.captured(image -> coming.contains(image.path()));
    names.addAll(coming);
    Set<String> kept = new LinkedHashSet<>(names);
    kept.removeAll(update.window().leaving(names, added));
    if (kept.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The update would leave no image in the bank of category %s; let fewer go.",
              bank.category()));
    }
    coming.retainAll(kept);
    Set<String> leaving = new LinkedHashSet<>();
    bank.images().stream()
        .map(BankManifest.Image::path)
        .filter(name -> !kept.contains(name))
        .forEach(leaving::add);
    boolean refit =
        update.refit().wanted(captured.orElse(Double.POSITIVE_INFINITY), bank.pca().captured());
    return new UpdatePlan(kept, coming, leaving, held, captured, refit);
  }

  boolean changesRows() {
    return !coming.isEmpty() || !leaving.isEmpty();
  }
}
