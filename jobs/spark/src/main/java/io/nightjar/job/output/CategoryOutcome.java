package io.nightjar.job.output;

import io.nightjar.job.measure.Measurement;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageClock;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.report.CategoryResult;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A category's figures, the maps they come from, and the hashes of every file read.
 *
 * @param bank where its memory bank was, for the run's manifest; empty where there was none
 * @param images scored test images in catalogue order
 * @param sample what each image was counted as; empty where that is not known
 * @param reuse what was taken from the store of the run
 */
public record CategoryOutcome(
    CategoryResult result,
    Map<String, Object> bank,
    List<ScoredImage> images,
    Map<String, String> hashes,
    Optional<CategorySample> sample,
    Reuse reuse) {

  /** The outcome of a category that was computed as a whole. */
  public CategoryOutcome(
      CategoryResult result,
      Map<String, Object> bank,
      List<ScoredImage> images,
      Map<String, String> hashes) {
    this(result, bank, images, hashes, Optional.empty(), Reuse.NONE);
  }

  /**
   * The outcome of a category whose images were counted and measured.
   *
   * @param scored the images
   * @param measured their figures
   * @param quarantine of the category
   */
  public static CategoryOutcome of(
      CategoryResult result,
      Map<String, Object> bank,
      ScoredPart scored,
      Measurement measured,
      Quarantine quarantine,
      Reuse reuse) {
    return new CategoryOutcome(
        result,
        bank,
        List.copyOf(scored.images()),
        quarantine.hashes(),
        Optional.of(
            measured.sample(
                result.category(), result.resolution(), scored.images(), quarantine.hashes())),
        reuse);
  }

  /** The same outcome with the seconds of a clock, which has gone on since. */
  public CategoryOutcome timed(StageClock clock) {
    return new CategoryOutcome(
        result.withSeconds(clock.total(), clock.seconds()), bank, images, hashes, sample, reuse);
  }

  /** The figure that matters most, and how long it took. */
  public String summary() {
    String summary = Text.format("%s, %.0f s", figure(), result.seconds());
    return reuse.equals(Reuse.NONE) ? summary : summary + "; " + reuse.describe();
  }

  private String figure() {
    if (result.pixelAuprc().isPresent()) {
      return Text.format("AUPRC %.4f", result.pixelAuprc().get());
    }
    String without = "no AUPRC: " + result.pixelAuprc().reason();
    return result.imageAuroc().isPresent()
        ? Text.format("image AUROC %.4f, %s", result.imageAuroc().get(), without)
        : without;
  }
}
