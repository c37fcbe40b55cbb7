package io.nightjar.report.html;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.AbsentMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.html.visualization.Visualization;
import io.nightjar.report.html.visualization.Visualizations;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A category: its figures, notes, curves, kinds of defect, groups and visualizations.
 *
 * @param anchor names the card on the page
 * @param notes sentences
 */
public record Card(
    String anchor,
    String category,
    List<Fact> facts,
    List<String> notes,
    List<CurvePlot> curves,
    List<SubsetTable> subsets,
    List<Visualization> visualizations) {

  /**
   * A figure of the category.
   *
   * @param shown its value
   * @param full all of its digits, where it is rounded
   * @param below in small letters; may be empty
   */
  public record Fact(String term, String shown, Optional<String> full, String below) {}

  /** An anchor for the n-th category, counted from 0, whatever its name is. */
  static String anchor(int index) {
    return "category-" + index;
  }

  static List<Card> of(EvaluationReport report, Visualizations visualizations) {
    List<Card> cards = new ArrayList<>();
    for (CategoryResult category : report.categories()) {
      cards.add(
          new Card(
              anchor(cards.size()),
              category.category(),
              facts(category),
              notes(category),
              CurvePlot.of(category.metrics()),
              SubsetTable.of(category.metrics()),
              visualizations.of(category.category())));
    }
    return cards;
  }

  private static List<Fact> facts(CategoryResult c) {
    List<Fact> facts = new ArrayList<>();
    for (ReportedMetric metric : ReportedMetric.values()) {
      if (metric.isFigure() && metric.of(c).isPresent()) {
        Figure figure = Figure.of(metric.of(c));
        facts.add(
            new Fact(metric.label(), figure.shown(), Optional.of(figure.full()), below(metric, c)));
      }
    }
    facts.add(plain("Resolution", c.resolution(), ""));
    if (c.components() > 0) {
      facts.add(plain("Components", Numbers.count(c.components()), ""));
    }
    if (c.bankRows() > 0) {
      String below =
          c.bankCategories() > 1 ? Text.format("of %d categories", c.bankCategories()) : "";
      facts.add(plain("Bank rows", Numbers.count(c.bankRows()), below));
    }
    return facts;
  }

  private static Fact plain(String term, String shown, String below) {
    return new Fact(term, shown, Optional.empty(), below);
  }

  /** A figure's interval, or the score at which it is reached. */
  private static String below(ReportedMetric metric, CategoryResult c) {
    return switch (metric) {
      case PIXEL_AUPRC -> interval(ReportedInterval.PIXEL_AUPRC_CI95.of(c));
      case IMAGE_AUROC -> interval(ReportedInterval.IMAGE_AUROC_CI95.of(c));
      case PIXEL_BEST_F1 -> score(ReportedMetric.PIXEL_BEST_F1_THRESHOLD.of(c));
      case IMAGE_BEST_F1 -> score(ReportedMetric.IMAGE_BEST_F1_THRESHOLD.of(c));
      default -> "";
    };
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> Numbers.fixed(i.lower(), 3) + "–" + Numbers.fixed(i.upper(), 3))
        .orElse("");
  }

  private static String score(OptionalMetric threshold) {
    return threshold.isPresent() ? "score ≥ " + Numbers.fixed(threshold.get(), 3) : "";
  }

  private static List<String> notes(CategoryResult category) {
    List<String> notes = new ArrayList<>();
    AbsentMetrics.byReason(category)
        .forEach((reason, names) -> notes.add(Text.format("No %s: %s", names, reason)));
    notes.addAll(category.notes());
    return notes;
  }
}
