package io.nightjar.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The figures that a category does not have, grouped by reason. */
public final class AbsentMetrics {
  private AbsentMetrics() {}

  /** The names as a sentence has them, by reason, in the order of the metrics. */
  public static Map<String, String> byReason(CategoryResult category) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (ReportedMetric metric : ReportedMetric.values()) {
      OptionalMetric value = metric.of(category);
      if (metric.isFigure() && !value.isPresent()) {
        labels
            .computeIfAbsent(value.reason(), r -> new ArrayList<>())
            .add(metric.labelInSentence());
      }
    }
    Map<String, String> sentences = new LinkedHashMap<>();
    long figures = Stream.of(ReportedMetric.values()).filter(ReportedMetric::isFigure).count();
    labels.forEach(
        (reason, names) ->
            sentences.put(reason, names.size() == figures ? "figure of merit" : enumerated(names)));
    return sentences;
  }

  /** {@code a}, {@code a or b}, {@code a, b or c}. */
  private static String enumerated(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : names.subList(0, last).stream().collect(joining(", ")) + " or " + names.get(last);
  }
}
