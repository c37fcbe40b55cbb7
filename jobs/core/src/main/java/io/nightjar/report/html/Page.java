package io.nightjar.report.html;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.Numbers;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.published.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * All that the page shows, in its order; lists and optional parts that are empty are left out.
 *
 * @param warnings sentences; where there are any, figures carry a star
 * @param failure says how many categories failed
 * @param failed these categories
 * @param published the comparison with published results
 * @param notPublished why there is none
 * @param wide whether the cards need the page's whole width
 * @param illustrated whether there are visualizations
 * @param quarantine says how many files were quarantined
 * @param quarantines these files by category
 * @param inputs what became of the files that were found
 * @param provenance what makes the run reproducible
 */
public record Page(
    String title,
    List<String> warnings,
    String failure,
    List<FailedCategory> failed,
    List<Headline> headlines,
    Optional<ResultsTable> results,
    Optional<PublishedTable> published,
    String notPublished,
    Optional<StageChart> stages,
    List<Card> cards,
    boolean wide,
    boolean illustrated,
    List<DefinitionEntry> definitions,
    String quarantine,
    List<EvaluationReport.Quarantine> quarantines,
    Optional<InputsSection> inputs,
    Optional<ProvenanceValue> provenance) {

  static Page of(EvaluationReport report, Comparison asked, List<VisualizationRef> visualizations) {
    Comparison comparison = asked.appliedTo(report);
    List<EvaluationReport.Quarantine> quarantines = report.quarantines().toList();
    return new Page(
        report.run().title(),
        report.run().warnings(),
        failure(report),
        report.failed(),
        Headline.of(report, comparison),
        report.categories().isEmpty() ? Optional.empty() : Optional.of(ResultsTable.of(report)),
        comparison.published().map(p -> PublishedTable.of(report, comparison, p)),
        comparison.reason(),
        StageChart.of(report),
        Card.of(report, visualizations),
        !visualizations.isEmpty()
            || report.categories().stream().anyMatch(c -> !c.metrics().curves().points().isEmpty()),
        !visualizations.isEmpty(),
        DefinitionEntry.of(report),
        report.quarantined(),
        quarantines,
        InputsSection.of(report.inputs()),
        report.run().details().isEmpty()
            ? Optional.empty()
            : Optional.of(ProvenanceValue.of(report.run().details())));
  }

  private static String failure(EvaluationReport report) {
    int failed = report.failed().size();
    return Numbers.counted(failed, "category failed", "categories failed")
        + "; no mean counts "
        + (failed == 1 ? "it" : "them");
  }

  /** Whether figures carry a star, because of a warning. */
  public boolean starred() {
    return !warnings.isEmpty();
  }
}
