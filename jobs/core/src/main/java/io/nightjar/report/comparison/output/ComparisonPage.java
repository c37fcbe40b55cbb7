package io.nightjar.report.comparison.output;

import io.nightjar.metric.compare.DifferenceTest;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.report.Numbers;
import io.nightjar.report.comparison.CategoryComparison;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FigureComparison;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.report.comparison.Sentence;
import io.nightjar.report.comparison.Setting;
import io.nightjar.report.comparison.StageSeconds;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the page of a comparison shows.
 *
 * @param passed whether every candidate passes the gate
 * @param sentence the outcome
 * @param explanation how to read intervals and verdicts
 * @param comparisons one for each candidate
 * @param ranking of all runs, with fewer than three empty
 * @param notes sentences about the baseline
 */
public record ComparisonPage(
    boolean passed,
    String sentence,
    String explanation,
    List<Compared> comparisons,
    Optional<RankDiagram> ranking,
    List<String> notes) {

  /**
   * One candidate.
   *
   * @param rows the deciding figure of each category, and the means
   * @param details every figure of each category
   * @param changed the images that changed most
   */
  public record Compared(
      Run baseline,
      Run candidate,
      String sentence,
      List<String> reasons,
      List<Row> rows,
      List<Row> means,
      List<Details> details,
      ChangedImages changed,
      List<Setting> differs,
      List<Seconds> seconds,
      List<String> notes) {}

  /** A run, as it is called on the page. */
  public record Run(String uri, String started, String duration) {
    static Run of(FinishedRun run) {
      return new Run(
          run.uri(),
          run.started().replaceFirst("\\.\\d+(?=Z$)", ""),
          Double.isNaN(run.wallSeconds()) ? "" : Numbers.duration(run.wallSeconds()));
    }
  }

  /** Every figure of a category. */
  public record Details(String category, List<Row> rows) {}

  /**
   * One figure.
   *
   * @param style the class of the verdict
   * @param plot of the interval; empty where there is none
   */
  public record Row(
      String name,
      String figure,
      String baseline,
      String candidate,
      String difference,
      String interval,
      String verdict,
      String style,
      String needed,
      Optional<Whisker> plot) {}

  /**
   * An interval as a drawing 160 wide and 18 high, 0 in the middle.
   *
   * @param sameFrom where the tolerance begins
   * @param sameWidth how wide it is
   */
  public record Whisker(String sameFrom, String sameWidth, String from, String to, String at) {}

  /** Seconds of a stage over all categories. */
  public record Seconds(String stage, String baseline, String candidate, String difference) {}

  private static final double WIDTH = 160;

  static ComparisonPage of(ComparisonReport report, List<ChangedImages> changes) {
    List<Compared> compared = new ArrayList<>();
    for (int i = 0; i < report.comparisons().size(); i++) {
      compared.add(
          compared(
              report.comparisons().get(i),
              report.outcomes().get(i),
              changes.get(i),
              report.options().tolerance()));
    }
    return new ComparisonPage(
        report.passed(),
        report.sentence(),
        Text.format(
            "Intervals hold %s %% of the differences in paired resamples of the test images (seed"
                + " %d). Same means that the interval lies within %s of 0, worse and better that 0 is"
                + " excluded after Holm's correction for the categories; anything else is"
                + " inconclusive.",
            Numbers.fixed(100 * (1 - report.options().alpha()), 0),
            report.options().seed(),
            report.options().tolerance()),
        compared,
        report.ranking().map(RankDiagram::of),
        report.notes());
  }

  private static Compared compared(
      RunComparison runs, Gate.Outcome outcome, ChangedImages changed, double tolerance) {
    double scale =
        Stream.concat(
                    runs.categories().stream().flatMap(category -> category.deciding().stream()),
                    runs.mean().stream())
                .flatMap(figure -> figure.test().stream())
                .mapToDouble(test -> Math.max(Math.abs(test.lower()), Math.abs(test.upper())))
                .reduce(2 * tolerance, Math::max)
            * 1.05;
    List<Row> rows = new ArrayList<>();
    List<Details> details = new ArrayList<>();
    for (CategoryComparison category : runs.categories()) {
      if (category.deciding().isEmpty()) {
        rows.add(without(category));
      }
      category
          .deciding()
          .forEach(figure -> rows.add(row(category.category(), figure, tolerance, scale)));
      if (!category.figures().isEmpty()) {
        details.add(
            new Details(
                category.category(),
                category.figures().stream()
                    .map(figure -> row(category.category(), figure, tolerance, scale))
                    .toList()));
      }
    }
    List<String> reasons =
        new ArrayList<>(outcome.byCategory().values().stream().flatMap(List::stream).toList());
    reasons.addAll(outcome.ofRun());
    List<String> notes = new ArrayList<>(runs.notes());
    runs.categories()
        .forEach(
            category ->
                category.notes().forEach(note -> notes.add(category.category() + ": " + note)));
    runs.meanWithout()
        .forEach(
            (figure, names) ->
                notes.add(
                    Text.format(
                        "The mean of %s leaves out %s.", figure, String.join(", ", names))));
    notes.addAll(changed.faults());
    return new Compared(
        Run.of(runs.baseline()),
        Run.of(runs.candidate()),
        outcome.sentence(),
        reasons,
        rows,
        runs.mean().stream().map(figure -> row("mean", figure, tolerance, scale)).toList(),
        details,
        changed,
        runs.differs(),
        seconds(runs),
        notes);
  }

  private static Row without(CategoryComparison category) {
    return new Row(
        category.category(),
        "",
        "–",
        "–",
        "–",
        "",
        category.verdict().word(),
        style(category.verdict()),
        "",
        Optional.empty());
  }

  private static Row row(String name, FigureComparison figure, double tolerance, double scale) {
    return new Row(
        name,
        figure.figure().label(),
        Numbers.metric(figure.baseline()),
        Numbers.metric(figure.candidate()),
        Numbers.difference(figure.difference()),
        figure.test().map(Sentence::interval).orElse(figure.reason()),
        figure.verdict().word(),
        style(figure.verdict()),
        figure.neededImages().isPresent()
            ? Text.format("about %s images", Numbers.count(figure.neededImages().getAsLong()))
            : "",
        figure.test().map(test -> whisker(test, figure.difference().orElse(0), tolerance, scale)));
  }

  static String style(Verdict verdict) {
    return switch (verdict) {
      case FAILED, WORSE -> "down";
      case BETTER -> "up";
      case INCONCLUSIVE -> "alarm";
      case SAME, IDENTICAL -> "muted";
    };
  }

  private static Whisker whisker(
      DifferenceTest test, double difference, double tolerance, double scale) {
    return new Whisker(
        at(-tolerance, scale),
        Numbers.fixed(WIDTH * tolerance / scale, 1),
        at(test.lower(), scale),
        at(test.upper(), scale),
        at(difference, scale));
  }

  private static String at(double difference, double scale) {
    double position = WIDTH / 2 * (1 + difference / scale);
    return Numbers.fixed(Math.max(0, Math.min(WIDTH, position)), 1);
  }

  private static List<Seconds> seconds(RunComparison runs) {
    Map<String, double[]> totals = new LinkedHashMap<>();
    for (CategoryComparison category : runs.categories()) {
      for (StageSeconds stage : category.stages()) {
        double[] total = totals.computeIfAbsent(stage.stage(), name -> new double[2]);
        total[0] += stage.baseline();
        total[1] += stage.candidate();
      }
    }
    return totals.entrySet().stream()
        .map(
            stage ->
                new Seconds(
                    stage.getKey(),
                    Numbers.fixed(stage.getValue()[0], 1),
                    Numbers.fixed(stage.getValue()[1], 1),
                    Numbers.signed(stage.getValue()[1] - stage.getValue()[0], 1)))
        .toList();
  }
}
