package io.nightjar.report;

import static java.util.stream.Collectors.joining;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The figures that a category does not have, grouped by reason. */
public final class AbsentMetrics {
  private AbsentMetrics() {}

  /**
   * The names as a sentence has them, by reason, in the order of the metrics.
   *
   * @param category whose figures are looked through; those that its data set does not ask for
   *     count as neither there nor absent
   * @return enumerations of figures such as {@code AUPRO 0.30 or AUPIMO}, by the reason that they
   *     have in common; empty where every figure is there
   */
  public static Map<String, String> byReason(CategoryResult category) {
    Map<String, List<ReportedMetric>> absent = new LinkedHashMap<>();
    List<ReportedMetric> asked =
        figures().filter(metric -> metric.appliesTo(category.metrics())).toList();
    asked.stream()
        .filter(metric -> !metric.of(category).isPresent())
        .forEach(
            metric ->
                absent
                    .computeIfAbsent(metric.of(category).reason(), r -> new ArrayList<>())
                    .add(metric));
    Map<String, String> sentences = new LinkedHashMap<>();
    absent.forEach((reason, metrics) -> sentences.put(reason, names(metrics, asked)));
    return sentences;
  }

  /**
   * The categories that the mean of a figure leaves out, since they do not have it, by figure; none
   * for a figure that all of them have or none.
   *
   * @param report of all categories
   * @return names of categories in the order of the report; empty where every mean is over all
   *     categories
   */
  public static Map<ReportedMetric, List<String>> fromMeans(EvaluationReport report) {
    Map<ReportedMetric, List<String>> without = new LinkedHashMap<>();
    for (ReportedMetric metric : figures().filter(figure -> figure.isReportedIn(report)).toList()) {
      List<String> lacking =
          report.categories().stream()
              .filter(category -> !metric.of(category).isPresent())
              .map(CategoryResult::category)
              .toList();
      if (!lacking.isEmpty() && lacking.size() < report.categories().size()) {
        without.put(metric, lacking);
      }
    }
    return without;
  }

  /**
   * The same in sentences, one for all figures that leave out the same categories.
   *
   * @param report of all categories
   * @return sentences with full stops; empty where every mean is over all categories
   */
  public static List<String> sentencesOfMeans(EvaluationReport report) {
    Map<List<String>, List<ReportedMetric>> metrics = new LinkedHashMap<>();
    fromMeans(report)
        .forEach(
            (metric, lacking) ->
                metrics.computeIfAbsent(lacking, l -> new ArrayList<>()).add(metric));
    // A figure that no category has has no mean either.
    List<ReportedMetric> averaged =
        figures().filter(metric -> metric.mean(report).isPresent()).toList();
    int all = report.categories().size();
    List<String> sentences = new ArrayList<>();
    metrics.forEach(
        (lacking, figures) ->
            sentences.add(
                Text.format(
                    "The mean of any %s is over %d of %d categories, without %s, which %s none.",
                    names(figures, averaged),
                    all - lacking.size(),
                    all,
                    String.join(", ", lacking),
                    lacking.size() == 1 ? "has" : "have")));
    return sentences;
  }

  private static Stream<ReportedMetric> figures() {
    return Stream.of(ReportedMetric.values()).filter(ReportedMetric::isFigure);
  }

  /** Some figures as a sentence has them, in one word where they are all or all of the pixels'. */
  private static String names(List<ReportedMetric> metrics, List<ReportedMetric> all) {
    if (metrics.equals(all)) {
      return "figure of merit";
    }
    return metrics.equals(all.stream().filter(ReportedMetric::needsMasks).toList())
        ? "pixel figure"
        : enumerated(metrics.stream().map(ReportedMetric::labelInSentence).toList());
  }

  /** {@code a}, {@code a or b}, {@code a, b or c}. */
  private static String enumerated(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : names.subList(0, last).stream().collect(joining(", ")) + " or " + names.get(last);
  }
}
