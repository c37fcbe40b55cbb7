package io.nightjar.report.openmetrics;

import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The metrics of each kind of report. */
public final class ReportMetrics {
  private static final String CATEGORY = "category";
  private static final String FIGURE = "figure";
  private static final String CANDIDATE = "candidate";
  private static final List<Double> FRACTIONS = List.of(0.5, 0.95, 1.0);
  private static final List<String> VERDICTS =
      Arrays.stream(Verdict.values()).map(Verdict::word).toList();

  private ReportMetrics() {}

  /** Adds the figures of an evaluation, and what was left out of it. */
  public static void add(EvaluationReport report, MetricFamilies families) {
    report.categories().forEach(category -> add(category, families));
    report.failed().forEach(failed -> add(failed, families));
    for (ReportedMetric figure : ReportedMetric.in(report)) {
      OptionalMetric mean = figure.mean(report);
      if (figure.isFigure() && mean.isPresent()) {
        families.add(Family.FIGURE_MEAN, mean.get(), FIGURE, figure.key());
      }
    }
  }

  private static void add(CategoryResult result, MetricFamilies families) {
    String category = result.category();
    families
        .add(Family.CATEGORY_FAILED, false, CATEGORY, category)
        .add(Family.QUARANTINED, result.quarantined().size(), CATEGORY, category)
        .add(Family.IMAGES, result.trainImages(), CATEGORY, category, "use", "train")
        .add(Family.IMAGES, result.testImages(), CATEGORY, category, "use", "test");
    addSeconds(category, result.seconds(), result.stageSeconds(), families);
    int undefined = 0;
    for (ReportedMetric figure : ReportedMetric.in(result.metrics())) {
      if (figure.isFigure()) {
        OptionalMetric value = figure.of(result);
        if (value.isPresent()) {
          families.add(Family.FIGURE, value.get(), CATEGORY, category, FIGURE, figure.key());
        } else {
          undefined++;
        }
      }
    }
    families.add(Family.FIGURES_UNDEFINED, undefined, CATEGORY, category);
  }

  private static void add(FailedCategory failed, MetricFamilies families) {
    families
        .add(Family.CATEGORY_FAILED, true, CATEGORY, failed.category())
        .add(Family.QUARANTINED, failed.quarantined().size(), CATEGORY, failed.category());
  }

  private static void addSeconds(
      String category, double seconds, Map<String, Double> stages, MetricFamilies families) {
    families.add(Family.CATEGORY_SECONDS, seconds, CATEGORY, category);
    stages.forEach(
        (stage, took) ->
            families.add(Family.STAGE_SECONDS, took, CATEGORY, category, "stage", stage));
  }

  /** Adds the quantiles of scores, and what was left out. */
  public static void add(ScoringReport report, MetricFamilies families) {
    for (CategoryScores scores : report.categories()) {
      String category = scores.category();
      families
          .add(Family.CATEGORY_FAILED, false, CATEGORY, category)
          .add(Family.QUARANTINED, scores.quarantined().size(), CATEGORY, category)
          .add(Family.IMAGES, scores.images().size(), CATEGORY, category, "use", "scored");
      addSeconds(category, scores.seconds(), scores.stageSeconds(), families);
      for (double fraction : FRACTIONS) {
        families.add(
            Family.IMAGE_SCORE,
            scores.imageScores().quantile(fraction),
            CATEGORY,
            category,
            "fraction",
            Double.toString(fraction));
      }
    }
    report.failed().forEach(failed -> add(failed, families));
  }

  /** Adds the gate's outcome and the verdicts; of several candidates, each by its number. */
  public static void add(ComparisonReport report, MetricFamilies families) {
    for (int i = 0; i < report.comparisons().size(); i++) {
      String[] which =
          report.comparisons().size() == 1
              ? new String[0]
              : new String[] {CANDIDATE, Integer.toString(i + 1)};
      families.add(Family.GATE_PASSED, report.outcomes().get(i).passed(), which);
      for (CategoryComparison category : report.comparisons().get(i).categories()) {
        families.addState(
            Family.VERDICT,
            VERDICTS,
            category.verdict().word(),
            plus(which, CATEGORY, category.category()));
        for (FigureComparison figure : category.deciding()) {
          figure
              .difference()
              .ifPresent(
                  change ->
                      families.add(
                          Family.FIGURE_CHANGE,
                          change,
                          plus(
                              which,
                              CATEGORY,
                              category.category(),
                              FIGURE,
                              figure.figure().key())));
        }
      }
    }
  }

  private static String[] plus(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Adds how far the newest scores of each category are from the reference. */
  public static void add(DriftReport report, MetricFamilies families) {
    for (CategoryDrift category : report.categories()) {
      String name = category.category();
      families.add(Family.DRIFTED, category.drifted(), CATEGORY, name);
      category
          .newest()
          .drifts()
          .forEach(
              (score, drift) -> {
                String[] labels = {CATEGORY, name, "score", score.key()};
                families
                    .add(Family.DRIFT_PSI, drift.psi().value(), labels)
                    .add(Family.DRIFT_PSI_LIMIT, drift.psiLimit(), labels)
                    .add(Family.DRIFT_KS_P_VALUE, drift.ks().pValue(), labels);
              });
    }
  }

  /** The gravest verdict of all candidates and categories. */
  public static Verdict gravest(ComparisonReport report) {
    return new TreeSet<>(report.comparisons().stream().map(one -> one.verdict()).toList()).first();
  }
}
