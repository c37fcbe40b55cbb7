package io.nightjar.report.html;

import io.nightjar.report.Definition;
import io.nightjar.report.Definitions;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a figure means.
 *
 * @param label what people call it
 * @param key what files call it
 */
public record DefinitionEntry(String label, String key, Definition definition) {
  private static final Map<String, String> LABELS = labels();

  /** What the figures of a report are, without those that are asked of no category of it. */
  static List<DefinitionEntry> of(EvaluationReport report) {
    Set<String> others =
        Stream.of(ReportedMetric.values())
            .filter(metric -> !metric.isReportedIn(report))
            .map(ReportedMetric::key)
            .collect(Collectors.toCollection(HashSet::new));
    if (report.categories().stream().allMatch(c -> c.metrics().byGroup().isEmpty())) {
      others.add("by_group");
    }
    return Definitions.byKey().entrySet().stream()
        .filter(e -> !others.contains(e.getKey()))
        .map(
            e ->
                new DefinitionEntry(
                    LABELS.getOrDefault(e.getKey(), label(e.getKey())), e.getKey(), e.getValue()))
        .toList();
  }

  private static String label(String key) {
    return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('_', ' ');
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (ReportedMetric metric : ReportedMetric.values()) {
      labels.put(metric.key(), metric.label());
    }
    for (ReportedInterval interval : ReportedInterval.values()) {
      labels.put(interval.key(), interval.label());
    }
    labels.put("pixel_auprc_exact", "Exact mode");
    labels.put("aupimo_by_image", "AUPIMO by image");
    return labels;
  }
}
