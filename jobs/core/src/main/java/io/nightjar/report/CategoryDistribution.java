package io.nightjar.report;

import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;
import java.util.Map;

/**
 * The scores of one category in one run.
 *
 * @param started when the run began
 * @param basis what the scores depend on
 * @param scores one of each kind for every image
 */
public record CategoryDistribution(
    String category, Instant started, ScoreBasis basis, Map<DriftScore, ScoreDistribution> scores) {
  public CategoryDistribution {
    scores = Map.copyOf(scores);
  }
}
