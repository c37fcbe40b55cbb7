package io.nightjar.report.drift;

import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDrift;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far one run is from the reference.
 *
 * @param run its folder
 * @param started when it began
 * @param drifts of each kind of score that the reference has, at least one
 */
public record RunDrift(String run, Instant started, Map<DriftScore, ScoreDrift> drifts) {
  /**
   * Takes an unchangeable copy.
   *
   * @param run its folder
   * @param started when it began
   * @param drifts of each kind of score that the reference has, at least one
   */
  public RunDrift {
    drifts = Collections.unmodifiableMap(new EnumMap<>(drifts));
  }

  /**
   * Whether the scores of any kind have drifted.
   *
   * @return true where {@link ScoreDrift#drifted} is true for one kind or more
   */
  public boolean drifted() {
    return drifts.values().stream().anyMatch(ScoreDrift::drifted);
  }
}
