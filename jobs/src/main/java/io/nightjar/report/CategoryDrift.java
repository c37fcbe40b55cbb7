package io.nightjar.report;

import io.nightjar.metric.drift.ScoreDistribution;
import java.util.List;

/**
 * How the scores of one category have moved.
 *
 * @param bank that all scores were made with, and its version
 * @param referenceSource where the reference comes from, in a few words
 * @param reference the scores that the runs are held against
 * @param runs from the oldest to the newest, at least one
 * @param notes runs that were passed over, and why, in sentences
 */
public record CategoryDrift(
    String category,
    String bank,
    String referenceSource,
    ScoreDistribution reference,
    List<RunDrift> runs,
    List<String> notes) {
  public CategoryDrift {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  public RunDrift newest() {
    return runs.get(runs.size() - 1);
  }

  /** Whether the newest run has drifted; older ones are told, not judged. */
  public boolean drifted() {
    return newest().drift().drifted();
  }
}
