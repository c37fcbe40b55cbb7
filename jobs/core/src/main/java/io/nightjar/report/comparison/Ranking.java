package io.nightjar.report.comparison;

import io.nightjar.metric.compare.RankComparison;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several runs by the ranks of a figure in each category.
 *
 * @param figure which
 * @param runs their folders, in the order of the ranks
 * @param categories over which they are ranked: those that have the figure in every run
 * @param without categories of any run that are not among them
 * @param ranks the outcome
 */
public record Ranking(
    ReportedMetric figure,
    List<String> runs,
    List<String> categories,
    List<String> without,
    RankComparison ranks) {
  /**
   * Takes unchangeable copies.
   *
   * @param figure which
   * @param runs their folders, in the order of the ranks
   * @param categories over which they are ranked: those that have the figure in every run
   * @param without categories of any run that are not among them
   * @param ranks the outcome
   */
  public Ranking {
    runs = List.copyOf(runs);
    categories = List.copyOf(categories);
    without = List.copyOf(without);
  }

  /**
   * Ranks runs over the categories that have a figure in each of them.
   *
   * @param alpha level of the critical difference
   * @return empty with fewer than three runs or two categories
   */
  static Optional<Ranking> of(List<FinishedRun> runs, ReportedMetric figure, double alpha) {
    List<String> categories = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (String name :
        runs.stream()
            .flatMap(run -> run.report().categories().stream())
            .map(CategoryResult::category)
            .distinct()
            .toList()) {
      boolean everywhere =
          runs.stream()
              .allMatch(
                  run -> run.category(name).filter(c -> figure.of(c).isPresent()).isPresent());
      (everywhere ? categories : without).add(name);
    }
    if (runs.size() < 3 || categories.size() < 2) {
      return Optional.empty();
    }
    double[][] gains = new double[categories.size()][runs.size()];
    for (int block = 0; block < gains.length; block++) {
      for (int method = 0; method < runs.size(); method++) {
        OptionalMetric value =
            figure.of(runs.get(method).category(categories.get(block)).orElseThrow());
        gains[block][method] = FigureComparison.gain(figure, value.get());
      }
    }
    return Optional.of(
        new Ranking(
            figure,
            runs.stream().map(FinishedRun::uri).toList(),
            categories,
            without,
            RankComparison.of(gains, alpha)));
  }
}
