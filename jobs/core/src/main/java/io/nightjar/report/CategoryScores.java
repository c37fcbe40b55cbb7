package io.nightjar.report;

import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scores of one category.
 *
 * @param category its name
 * @param images at least one, in the order of their paths
 * @param quarantined the files that were left out
 * @param basis what the scores depend on
 * @param seconds wall time of this category
 * @param stageSeconds wall time of each stage in seconds, in the order in which they ran
 * @param decision what was decided on the images; empty where that was not asked for
 * @param notes what the reader should know, such as that images are squeezed
 */
public record CategoryScores(
    String category,
    List<ScoredFile> images,
    List<QuarantinedFile> quarantined,
    ScoreBasis basis,
    double seconds,
    Map<String, Double> stageSeconds,
    Optional<CategoryDecision> decision,
    List<String> notes) {
  /**
   * Takes unchangeable copies.
   *
   * @param category its name
   * @param images at least one, in the order of their paths
   * @param quarantined the files that were left out
   * @param basis what the scores depend on
   * @param seconds wall time of this category
   * @param stageSeconds wall time of each stage in seconds, in the order in which they ran
   * @param decision what was decided on the images; empty where that was not asked for
   * @param notes what the reader should know, such as that images are squeezed
   */
  public CategoryScores {
    notes = List.copyOf(notes);
    images = List.copyOf(images);
    quarantined = List.copyOf(quarantined);
    stageSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stageSeconds));
  }

  /**
   * Scores of images on which nothing is decided, and of which nothing is noted.
   *
   * @param category its name
   * @param images at least one, in the order of their paths
   * @param quarantined the files that were left out
   * @param basis what the scores depend on
   * @param seconds wall time of this category
   * @param stageSeconds wall time of each stage in seconds, in the order in which they ran
   */
  public CategoryScores(
      String category,
      List<ScoredFile> images,
      List<QuarantinedFile> quarantined,
      ScoreBasis basis,
      double seconds,
      Map<String, Double> stageSeconds) {
    this(category, images, quarantined, basis, seconds, stageSeconds, Optional.empty(), List.of());
  }

  /**
   * The same scores with what was decided on the images.
   *
   * @param decided an entry for each image
   * @return new scores
   */
  public CategoryScores with(CategoryDecision decided) {
    return new CategoryScores(
        category, images, quarantined, basis, seconds, stageSeconds, Optional.of(decided), notes);
  }

  /**
   * The same scores with other notes.
   *
   * @param others the notes, instead of those that they have
   * @return new scores
   */
  public CategoryScores withNotes(List<String> others) {
    return new CategoryScores(
        category, images, quarantined, basis, seconds, stageSeconds, decision, others);
  }

  /**
   * The scores that drift compares: of each image the largest and the mean distance of its patches.
   *
   * @param started when the run began
   * @return both kinds of scores with what they depend on
   */
  public CategoryDistribution distribution(Instant started) {
    return new CategoryDistribution(
        category,
        started,
        basis,
        Map.of(
            DriftScore.LARGEST, distribution(ScoredFile::mapMax),
            DriftScore.MEAN, distribution(image -> (float) image.mapMean())));
  }

  /**
   * The distribution of the image scores.
   *
   * @return of {@link ScoredFile#imageScore}, one value for each image
   */
  public ScoreDistribution imageScores() {
    return distribution(ScoredFile::imageScore);
  }

  private ScoreDistribution distribution(Function<ScoredFile, Float> score) {
    float[] scores = new float[images.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = score.apply(images.get(i));
    }
    return ScoreDistribution.of(scores);
  }
}
