package io.nightjar.report;

import io.nightjar.metric.drift.ScoreDistribution;
import java.time.Instant;

/**
 * The scores of one category in one run. A score is the largest distance of a patch of the image:
 * unlike the image score, it does not depend on the image's size, nor on smoothing.
 *
 * @param started when the run began
 * @param basis what the scores depend on
 */
public record CategoryDistribution(
    String category, Instant started, ScoreBasis basis, ScoreDistribution scores) {}
