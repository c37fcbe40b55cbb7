package io.nightjar.report.drift;

import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How the scores of one category have moved.
 *
 * @param category its name
 * @param bank that all scores were made with, and its version
 * @param referenceSource where the reference comes from, in a few words
 * @param reference the scores that the runs are compared with, at least of one kind
 * @param runs from the oldest to the newest, at least one
 * @param notes runs that were passed over, and why, in sentences
 */
public record CategoryDrift(
    String category,
    String bank,
    String referenceSource,
    Map<DriftScore, ScoreDistribution> reference,
    List<RunDrift> runs,
    List<String> notes) {
  /**
   * Takes unchangeable copies.
   *
   * @param category its name
   * @param bank that all scores were made with, and its version
   * @param referenceSource where the reference comes from, in a few words
   * @param reference the scores that the runs are compared with, at least of one kind
   * @param runs from the oldest to the newest, at least one
   * @param notes runs that were passed over, and why, in sentences
   */
  public CategoryDrift {
    reference = Collections.unmodifiableMap(new EnumMap<>(reference));
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /**
   * The newest run, which decides whether the category has drifted.
   *
   * @return the last of {@link #runs}
   */
  public RunDrift newest() {
    return runs.get(runs.size() - 1);
  }

  /**
   * Whether the newest run has drifted; older ones are reported only.
   *
   * @return whether {@link #newest} has drifted
   */
  public boolean drifted() {
    return newest().drifted();
  }
}
