package io.nightjar.report;

import java.time.Instant;
import java.util.List;

/**
 * The scores of a run over unlabelled images.
 *
 * @param started when it began
 * @param run everything that makes it reproducible
 * @param categories with their scores, by name
 * @param failed those without
 */
public record ScoringReport(
    Instant started, RunInfo run, List<CategoryScores> categories, List<FailedCategory> failed) {
  public ScoringReport {
    categories = List.copyOf(categories);
    failed = List.copyOf(failed);
  }
}
