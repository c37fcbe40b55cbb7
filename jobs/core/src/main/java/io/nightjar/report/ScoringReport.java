package io.nightjar.report;

import io.nightjar.dataset.ledger.Inputs;
import java.time.Instant;
import java.util.List;

/**
 * The scores of a run over unlabelled images.
 *
 * @param started when it began
 * @param run everything that makes it reproducible
 * @param categories with their scores, by name
 * @param failed those without
 * @param inputs what became of every entry that was found
 */
public record ScoringReport(
    Instant started,
    RunInfo run,
    List<CategoryScores> categories,
    List<FailedCategory> failed,
    Inputs inputs) {
  /**
   * Takes unchangeable copies.
   *
   * @param started when it began
   * @param run everything that makes it reproducible
   * @param categories with their scores, by name
   * @param failed those without
   * @param inputs what became of every entry that was found
   */
  public ScoringReport {
    categories = List.copyOf(categories);
    failed = List.copyOf(failed);
  }

  /**
   * The report of a run whose inputs are not known.
   *
   * @param started when it began
   * @param run everything that makes it reproducible
   * @param categories with their scores, by name
   * @param failed those without
   */
  public ScoringReport(
      Instant started, RunInfo run, List<CategoryScores> categories, List<FailedCategory> failed) {
    this(started, run, categories, failed, Inputs.NONE);
  }
}
