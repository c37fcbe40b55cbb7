package io.nightjar.report;

import io.nightjar.metric.drift.ScoreDrift;
import java.time.Instant;

/**
 * How far one run is from the reference.
 *
 * @param run its folder
 * @param started when it began
 */
public record RunDrift(String run, Instant started, ScoreDrift drift) {}
