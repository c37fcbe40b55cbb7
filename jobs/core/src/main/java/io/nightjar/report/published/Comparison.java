package io.nightjar.report.published;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Published results to compare the run's pixel AUPRC with, or none for a reason, such as random
 * weights or generated images.
 *
 * @param published the published results, where comparing means something
 * @param reason why it does not, in a sentence; empty otherwise
 */
public record Comparison(Optional<PublishedResults> published, String reason) {

  /** Shows published figures next to the run's, for the categories that have both. */
  public static Comparison with(PublishedResults published) {
    return new Comparison(Optional.of(published), "");
  }

  /** No published figure is shown; the reports say why. */
  public static Comparison none(String reason) {
    return new Comparison(Optional.empty(), reason);
  }

  /** This, or none where no category has both a pixel AUPRC and a published one. */
  public Comparison appliedTo(EvaluationReport report) {
    if (published.isEmpty() || !shared(report).isEmpty()) {
      return this;
    }
    boolean known =
        report.categories().stream()
            .anyMatch(c -> methods().stream().anyMatch(m -> figure(c, m).isPresent()));
    return none(
        known
            ? "The categories of this run for which figures are published have no pixel AUPRC."
            : "Nothing is published for the categories of this run.");
  }

  List<String> methods() {
    return published.map(PublishedResults::methods).orElse(List.of());
  }

  public OptionalDouble figure(CategoryResult category, String method) {
    return published.map(p -> p.figure(category.category(), method)).orElse(OptionalDouble.empty());
  }

  /** Ours minus the published figure. */
  public OptionalDouble difference(CategoryResult category, String method) {
    OptionalDouble figure = figure(category, method);
    return figure.isPresent() && category.pixelAuprc().isPresent()
        ? OptionalDouble.of(category.pixelAuprc().get() - figure.getAsDouble())
        : OptionalDouble.empty();
  }

  /** A method's mean over the run's categories that have a figure of it and one of ours. */
  public OptionalDouble mean(EvaluationReport report, String method) {
    return report.categories().stream()
        .filter(c -> difference(c, method).isPresent())
        .mapToDouble(c -> figure(c, method).getAsDouble())
        .average();
  }

  /** The mean of the differences, over the same categories. */
  public OptionalDouble meanDifference(EvaluationReport report, String method) {
    return report.categories().stream()
        .map(c -> difference(c, method))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /** The categories that have a figure of ours and a published one. */
  public List<CategoryResult> shared(EvaluationReport report) {
    return report.categories().stream()
        .filter(c -> methods().stream().anyMatch(m -> difference(c, m).isPresent()))
        .toList();
  }
}
