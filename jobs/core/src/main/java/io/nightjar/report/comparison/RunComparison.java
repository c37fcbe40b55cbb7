package io.nightjar.report.comparison;

import io.nightjar.metric.compare.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs.
 *
 * @param baseline what is compared with
 * @param candidate what is compared
 * @param categories in the order of the candidate, then those that only the baseline has
 * @param mean over the categories that have a figure in both runs
 * @param meanWithout the categories that the mean leaves out, by the figure's name, where there are
 *     any
 * @param differs what the records of the runs say differently
 * @param notes sentences about both runs
 */
public record RunComparison(
    FinishedRun baseline,
    FinishedRun candidate,
    List<CategoryComparison> categories,
    List<FigureComparison> mean,
    Map<String, List<String>> meanWithout,
    List<Setting> differs,
    List<String> notes) {
  /**
   * Takes unchangeable copies.
   *
   * @param baseline what is compared with
   * @param candidate what is compared
   * @param categories in the order of the candidate, then those that only the baseline has
   * @param mean over the categories that have a figure in both runs
   * @param meanWithout the categories that the mean leaves out, by the figure's name, where there
   *     are any
   * @param differs what the records of the runs say differently
   * @param notes sentences about both runs
   */
  public RunComparison {
    categories = List.copyOf(categories);
    mean = List.copyOf(mean);
    meanWithout = Map.copyOf(meanWithout);
    differs = List.copyOf(differs);
    notes = List.copyOf(notes);
  }

  /**
   * The gravest verdict of all categories.
   *
   * @return {@link Verdict#IDENTICAL} where there is no category
   */
  public Verdict verdict() {
    return categories.stream()
        .map(CategoryComparison::verdict)
        .reduce(Verdict::orGraver)
        .orElse(Verdict.IDENTICAL);
  }

  /**
   * How many categories have each verdict, the gravest first; none that no category has.
   *
   * @return counts of at least 1
   */
  public Map<Verdict, Integer> counts() {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    categories.forEach(category -> counts.merge(category.verdict(), 1, Integer::sum));
    return counts;
  }
}
