package io.nightjar.job.output;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.VisualizationRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Visualizations of a run.
 *
 * @param drawn those that were stored
 * @param faults why others were not, in sentences, by category
 */
record DrawnVisualizations(List<VisualizationRef> drawn, Map<String, List<String>> faults) {

  /** The report with the faults among the notes of their categories. */
  EvaluationReport addTo(EvaluationReport report) {
    return faults.isEmpty()
        ? report
        : new EvaluationReport(
            report.run(),
            report.categories().stream().map(this::addTo).toList(),
            report.failed(),
            report.inputs());
  }

  private CategoryResult addTo(CategoryResult category) {
    List<String> own = faults.getOrDefault(category.category(), List.of());
    return own.isEmpty()
        ? category
        : category.withNotes(Stream.concat(category.notes().stream(), own.stream()).toList());
  }
}
