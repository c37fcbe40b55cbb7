package io.nightjar.report;

import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.report.detection.RegionSummary;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of a run over unlabelled images.
 *
 * @param started when it began
 * @param run everything that makes it reproducible
 * @param categories with their scores, by name
 * @param failed those without
 * @param inputs what became of every entry that was found
 * @param regions the numbers of regions of each category; empty where none were asked for
 */
public record ScoringReport(
    Instant started,
    RunInfo run,
    List<CategoryScores> categories,
    List<FailedCategory> failed,
    Inputs inputs,
    Map<String, RegionSummary> regions) {
  /**
   * Takes unchangeable copies.
   *
   * @param started when it began
   * @param run everything that makes it reproducible
   * @param categories with their scores, by name
   * @param failed those without
   * @param inputs what became of every entry that was found
   * @param regions the numbers of regions of each category; empty where none were asked for
   */
  public ScoringReport {
    categories = List.copyOf(categories);
    failed = List.copyOf(failed);
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
  }

  /**
   * The report of a run that found no regions.
   *
   * @param started when it began
   * @param run everything that makes it reproducible
   * @param categories with their scores, by name
   * @param failed those without
   * @param inputs what became of every entry that was found
   */
  public ScoringReport(
      Instant started,
      RunInfo run,
      List<CategoryScores> categories,
      List<FailedCategory> failed,
      Inputs inputs) {
    this(started, run, categories, failed, inputs, Map.of());
  }

  /**
   * The same report with the regions of its images.
   *
   * @param found the numbers of each category
   * @return a new report
   */
  public ScoringReport withRegions(Map<String, RegionSummary> found) {
    return new ScoringReport(started, run, categories, failed, inputs, found);
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
