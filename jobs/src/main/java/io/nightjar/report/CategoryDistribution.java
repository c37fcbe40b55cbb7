package io.nightjar.report;

import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;

/**
 * The image scores of one category in one run.
 *
 * @param started when the run began
 * @param basis what the scores depend on
 */
public record CategoryDistribution(
    String category, Instant started, ScoreBasis basis, ScoreDistribution scores) {}
