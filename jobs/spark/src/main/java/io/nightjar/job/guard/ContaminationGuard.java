package io.nightjar.job.guard;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/** Compares new images with a bank and holds back those that are unlike its own. */
public record ContaminationGuard(
    RunContext run, StoredBank bank, OptionalDouble deviations, StageReport stages) {

  /** Fewer scores do not show how far those of normal images spread. */
  static final int LEAST_IMAGES = 8;

  /**
   * New images, compared with a bank.
   *
   * @param limit the score beyond which images are held back; empty where none are
   * @param images all of them, in their order
   */
  public record Screening(Optional<RobustLimit> limit, List<ScreenedImage> images) {

    /** Whether an image's novelty is beyond the limit. */
    public boolean isBeyond(ScreenedImage image) {
      return limit.filter(end -> end.isBeyond(image.novelty())).isPresent();
    }

    /** The ratio of the variance of some of the images that the bank's components explain. */
    public OptionalDouble explainedVariance(Predicate<ScreenedImage> taken) {
      double explained = 0;
      double total = 0;
      for (ScreenedImage image : images.stream().filter(taken).toList()) {
        explained += image.explained();
        total += image.total();
      }
      return total > 0 ? OptionalDouble.of(explained / total) : OptionalDouble.empty();
    }

    /** From the smallest to the largest distance of any patch. */
    public ScoreRange range() {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (ScreenedImage image : images) {
        for (float distance : image.map().values()) {
          low = Math.min(low, distance);
          high = Math.max(high, distance);
        }
      }
      return new ScoreRange(low, high);
    }
  }

  /**
   * Makes sure, before any work, that a bank has images enough for a guard.
   *
   * @throws InvalidInputException if it has not
   */
  public static void requireUsable(StoredBank bank, OptionalDouble deviations) {
    int images = bank.manifest().images().size();
    if (deviations.isPresent() && images < LEAST_IMAGES) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s has %s, but the guard needs %d to know how far normal images lie from"
                  + " one another; look at the new images yourself and add --guard off.",
              bank.location(), Text.counted(images, "image", "images"), LEAST_IMAGES));
    }
  }

  /**
   * Embeds the images and compares them with the bank.
   *
   * @param passes over the new images
   * @param images their number
   * @param handled counts those that were embedded
   */
  public Screening screen(FitPasses passes, int images, LongAccumulator handled) {
    Broadcast<PatchReduction> reduction = run.spark().broadcast(bank.reduction());
    stages.begin("load the bank");
    try (LeasedBank shared = LeasedBank.of(bank.memoryBank(), run.spark())) {
      Optional<RobustLimit> limit =
          deviations.isPresent()
              ? Optional.of(limit(shared, deviations.getAsDouble()))
              : Optional.empty();
      stages.begin("embed the new images and compare them", Counted.IMAGES, images, handled);
      return new Screening(
          limit,
          passes
              .patches()
              .mapPartitions(
                  new ScreeningPass(reduction, shared, bank.manifest().backbone().spec()))
              .collect());
    } finally {
      reduction.destroy();
    }
  }

  private RobustLimit limit(LeasedBank shared, double factor) {
    return limit(new ReferenceScoring(run, stages).of(bank, shared), factor);
  }

  /**
   * Where scores of normal images end.
   *
   * @param scores of the bank's own images
   * @param factor robust standard deviations above their median
   */
  public static RobustLimit limit(ReferenceScores scores, double factor) {
    return RobustLimit.of(
        scores.images().stream().mapToDouble(ReferenceScores.Image::novelty).toArray(), factor);
  }
}
