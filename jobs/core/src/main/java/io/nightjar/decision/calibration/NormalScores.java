package io.nightjar.decision.calibration;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.ConformalScores;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.PatchThreshold;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The scores of a bank's own images that the images of one category are compared with.
 *
 * @param scores of the maps of these images before they would be upsampled and smoothed
 * @param patches the distances of their patches, and of no others
 * @param images whose scores and patches these are
 */
public record NormalScores(ConformalScores scores, PatchDistances patches, int images)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Scores of one kind.
   *
   * @param images of the bank
   * @param patches the distances of their patches, and of no others
   */
  public static NormalScores of(
      List<ReferenceScores.Image> images, PatchDistances patches, ImageScoreKind kind) {
    return new NormalScores(scores(images, kind), patches, images.size());
  }

  /**
   * Scores of one kind alone.
   *
   * @param images of the bank
   */
  public static ConformalScores scores(List<ReferenceScores.Image> images, ImageScoreKind kind) {
    float[] scores = new float[images.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score(images.get(i), kind);
    }
    return new ConformalScores(scores);
  }

  private static float score(ReferenceScores.Image image, ImageScoreKind kind) {
    return new ImageScores((float) image.score(), (float) image.top3(), (float) image.novelty())
        .of(kind);
  }

  /**
   * What a bank's version keeps of its own images.
   *
   * @throws InvalidInputException if it keeps no calibration, with what to do about it
   */
  public static ReferenceScores required(StoredBank bank, Configuration configuration) {
    return find(bank, configuration).orElseThrow(() -> new InvalidInputException(missing(bank)));
  }

  /** The same; empty where it keeps no calibration. */
  public static Optional<ReferenceScores> find(StoredBank bank, Configuration configuration) {
    return ReferenceScores.find(bank.location(), configuration)
        .filter(ReferenceScores::hasCalibration);
  }

  /** Why a bank keeps no calibration, and what to do about it. */
  public static String missing(StoredBank bank) {
    return bank.manifest().coreset().isPresent()
        ? Text.format(
            "The bank %s keeps a coreset and has no calibration, the scores of its own images, which"
                + " are taken while a coreset is chosen; build it again with nightjar build-bank"
                + " --overwrite, or leave --%s out.",
            bank.location(), DecisionRates.FALSE_ALARMS)
        : Text.format(
            "The bank %s has no calibration, the scores of its own images; add it with nightjar"
                + " inspect-bank --contamination --bank %s.",
            bank.location(), bank.location());
  }

  /**
   * The distance from which on patches are anomalous.
   *
   * @param rate mean fraction of a normal image's patches at or above it, at least 1 / (n + 1)
   */
  public float patchThreshold(double rate) {
    List<PatchDistances.Bin> bins = patches.bins();
    float[] lowest = new float[bins.size()];
    long[] counts = new long[bins.size()];
    for (int i = 0; i < lowest.length; i++) {
      lowest[i] = bins.get(i).lowest();
      counts[i] = bins.get(i).count();
    }
    float above = PatchDistances.startAfter(lowest[lowest.length - 1]);
    return PatchThreshold.at(lowest, counts, above, images, rate);
  }
}
