package io.nightjar.report.html;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.Numbers;
import io.nightjar.report.html.visualization.Visualizations;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.visualization.HeatFilter;
import java.util.List;
import java.util.Optional;

/**
 * All that the page shows, in its order; lists and optional parts that are empty are left out.
 *
 * @param facts when the run was, on what and with what
 * @param warnings sentences; where there are any, figures carry a star
 * @param failure says how many categories failed
 * @param failed these categories
 * @param baseline how the run compares with its baseline
 * @param quarantine says how many files were quarantined
 * @param quarantines these files by category
 * @param parts those that are decided wrongly
 * @param visualizations all visualizations
 * @param reasons the page of reasons
 * @param heat the colours of maps within the page
 * @param published the comparison with published results
 * @param notPublished why there is none
 * @param wide whether the cards need the page's whole width
 * @param inputs what became of the files that were found
 * @param provenance what makes the run reproducible
 */
public record Page(
    String title,
    List<RunFact> facts,
    List<String> warnings,
    String failure,
    List<FailedCategory> failed,
    Optional<BaselineSummary> baseline,
    String quarantine,
    List<EvaluationReport.Quarantine> quarantines,
    Optional<PartsSection> parts,
    Visualizations visualizations,
    Optional<String> reasons,
    HeatFilter heat,
    List<Headline> headlines,
    Optional<ResultsTable> results,
    Optional<PublishedTable> published,
    String notPublished,
    Optional<StageChart> stages,
    List<Card> cards,
    boolean wide,
    List<DefinitionEntry> definitions,
    Optional<InputsSection> inputs,
    Optional<ProvenanceValue> provenance) {

  static Page of(EvaluationReport report, Comparison asked, PageContext context) {
    Visualizations visualizations = Visualizations.of(report, context.visualizations());
    Comparison comparison = asked.appliedTo(report);
    return new Page(
        report.run().title(),
        RunFact.of(report.run()),
        report.run().warnings(),
        failure(report),
        report.failed(),
        context.baseline(),
        report.quarantined(),
        report.quarantines().toList(),
        PartsSection.of(report, context),
        visualizations,
        context.reasons(),
        HeatFilter.create(),
        Headline.of(report, comparison),
        report.categories().isEmpty() ? Optional.empty() : Optional.of(ResultsTable.of(report)),
        comparison.published().map(p -> PublishedTable.of(report, comparison, p)),
        comparison.reason(),
        StageChart.of(report),
        Card.of(report, visualizations),
        !visualizations.all().isEmpty()
            || report.categories().stream().anyMatch(c -> !c.metrics().curves().points().isEmpty()),
        report.categories().isEmpty() ? List.of() : DefinitionEntry.of(report),
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
