package io.nightjar.report;

import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;
import java.util.Map;

/**
 * The scores of one category in one run.
 *
 * @param category its name
 * @param started when the run began
 * @param basis what the scores depend on
 * @param scores one of each kind for every image
 */
public record CategoryDistribution(
    String category, Instant started, ScoreBasis basis, Map<DriftScore, ScoreDistribution> scores) {
  /**
   * Takes an unchangeable copy.
   *
   * @param category its name
   * @param started when the run began
   * @param basis what the scores depend on
   * @param scores one of each kind for every image
   */
  public CategoryDistribution {
    scores = Map.copyOf(scores);
  }
}
