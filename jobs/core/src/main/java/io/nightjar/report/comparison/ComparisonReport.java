package io.nightjar.report.comparison;

import io.nightjar.report.ReportedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One or several candidates compared with one baseline.
 *
 * @param options how
 * @param gate what the candidates must not be
 * @param comparisons one for each candidate
 * @param outcomes what the gate says, in their order
 * @param ranking of all runs; empty with fewer than three runs or two categories
 * @param notes sentences about the baseline and how it was found
 */
public record ComparisonReport(
    ComparisonOptions options,
    Gate gate,
    List<RunComparison> comparisons,
    List<Gate.Outcome> outcomes,
    Optional<Ranking> ranking,
    List<String> notes) {
  /**
   * Takes unchangeable copies.
   *
   * @param options how
   * @param gate what the candidates must not be
   * @param comparisons one for each candidate
   * @param outcomes what the gate says, in their order
   * @param ranking of all runs; empty with fewer than three runs or two categories
   * @param notes sentences about the baseline and how it was found
   */
  public ComparisonReport {
    comparisons = List.copyOf(comparisons);
    outcomes = List.copyOf(outcomes);
    notes = List.copyOf(notes);
  }

  /**
   * Compares candidates with a baseline.
   *
   * @param baseline the run that is compared with
   * @param candidates the runs that are compared with it, at least one
   * @param options how
   * @param gate what the candidates must not be
   * @param notes sentences about the baseline and how it was found
   * @return the comparisons and what the gate says of each
   * @throws io.nightjar.error.InvalidInputException if one cannot be compared with it
   */
  public static ComparisonReport of(
      FinishedRun baseline,
      List<FinishedRun> candidates,
      ComparisonOptions options,
      Gate gate,
      List<String> notes) {
    List<RunComparison> comparisons =
        candidates.stream()
            .map(candidate -> RunComparer.compare(baseline, candidate, options))
            .toList();
    List<FinishedRun> runs = new ArrayList<>(List.of(baseline));
    runs.addAll(candidates);
    ReportedMetric figure =
        options.figures().isEmpty() ? decidesMostly(comparisons) : options.figures().get(0);
    return new ComparisonReport(
        options,
        gate,
        comparisons,
        comparisons.stream().map(gate::of).toList(),
        Ranking.of(runs, figure, options.alpha()),
        notes);
  }

  /** The pixel AUPRC, or the image AUROC where no category has pixel figures. */
  private static ReportedMetric decidesMostly(List<RunComparison> comparisons) {
    return comparisons.stream()
            .flatMap(comparison -> comparison.categories().stream())
            .flatMap(category -> category.deciding().stream())
            .anyMatch(figure -> figure.figure() == ReportedMetric.PIXEL_AUPRC)
        ? ReportedMetric.PIXEL_AUPRC
        : ReportedMetric.IMAGE_AUROC;
  }

  /**
   * Whether every candidate passes the gate.
   *
   * @return false if one does not
   */
  public boolean passed() {
    return outcomes.stream().allMatch(Gate.Outcome::passed);
  }

  /**
   * The outcome in one sentence: that of the first candidate that does not pass, or of the last.
   *
   * @return with a full stop
   */
  public String sentence() {
    return outcomes.stream()
        .filter(outcome -> !outcome.passed())
        .findFirst()
        .orElse(outcomes.get(outcomes.size() - 1))
        .sentence();
  }
}
