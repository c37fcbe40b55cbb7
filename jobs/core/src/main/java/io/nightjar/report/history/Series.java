package io.nightjar.report.history;

import io.nightjar.metric.history.ChangePoints;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure of a category over the runs of a data set.
 *
 * @param category its name
 * @param figure which
 * @param points one for each run, in their order
 * @param changes where its level changed
 */
public record Series(
    String category, ReportedMetric figure, List<Point> points, List<LevelChange> changes) {
  /**
   * Takes unchangeable copies.
   *
   * @param category its name
   * @param figure which
   * @param points one for each run, in their order
   * @param changes where its level changed
   */
  public Series {
    points = List.copyOf(points);
    changes = List.copyOf(changes);
  }

  /**
   * The figure in one run.
   *
   * @param value empty where there is none
   * @param lower of the run's own confidence interval
   * @param upper likewise
   * @param gap why there is no value, in words; empty where there is one
   * @param hasFailed whether it is missing since the category failed
   */
  public record Point(
      OptionalDouble value,
      OptionalDouble lower,
      OptionalDouble upper,
      String gap,
      boolean hasFailed) {}

  /**
   * A new level.
   *
   * @param run the first run that has it, as an index of the data set's runs
   * @param previous the run before it that has a value
   * @param before the mean of the level before
   * @param after the mean of the new level
   * @param isWorse whether the figure became worse
   */
  public record LevelChange(int run, int previous, double before, double after, boolean isWorse) {}

  /**
   * The series of a category.
   *
   * @param runs of one data set, in their order
   * @param tolerance the smallest change that matters
   */
  static Series of(String category, ReportedMetric figure, List<RunRecord> runs, double tolerance) {
    List<Point> points = runs.stream().map(run -> point(category, figure, run)).toList();
    List<Integer> present = new ArrayList<>();
    for (int run = 0; run < points.size(); run++) {
      if (points.get(run).value.isPresent()) {
        present.add(run);
      }
    }
    double[] values =
        present.stream().mapToDouble(run -> points.get(run).value.getAsDouble()).toArray();
    List<LevelChange> changes =
        ChangePoints.of(values, tolerance).stream()
            .map(
                change ->
                    new LevelChange(
                        present.get(change.index()),
                        present.get(change.index() - 1),
                        change.before(),
                        change.after(),
                        isWorse(figure, change.by())))
            .toList();
    return new Series(category, figure, points, changes);
  }

  private static boolean isWorse(ReportedMetric figure, double by) {
    return figure == ReportedMetric.PIXEL_FPR_AT_95_TPR ? by > 0 : by < 0;
  }

  private static Point point(String category, ReportedMetric figure, RunRecord run) {
    Optional<RunRecord.Category> result = run.category(category);
    if (result.isPresent()) {
      OptionalDouble value = result.get().number(figure);
      Optional<String> interval =
          Arrays.stream(ReportedInterval.values())
              .map(ReportedInterval::key)
              .filter(key -> key.startsWith(figure.key() + "_ci"))
              .findFirst();
      return new Point(
          value,
          bound(result.get(), interval, "_lower"),
          bound(result.get(), interval, "_upper"),
          value.isPresent() ? "" : Text.format("no %s", figure.labelInSentence()),
          false);
    }
    Optional<String> failure = run.failure(category);
    return new Point(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        failure.map(reason -> "failed: " + reason).orElse("not evaluated"),
        failure.isPresent());
  }

  private static OptionalDouble bound(
      RunRecord.Category category, Optional<String> interval, String side) {
    return interval.isPresent() ? category.number(interval.get() + side) : OptionalDouble.empty();
  }

  /**
   * Whether any run has a value.
   *
   * @return false for a figure that the category never had
   */
  public boolean hasValues() {
    return points.stream().anyMatch(point -> point.value.isPresent());
  }

  /**
   * The newest value, which need not be of the newest run.
   *
   * @return empty where no run has a value
   */
  public OptionalDouble newest() {
    for (int run = points.size() - 1; run >= 0; run--) {
      if (points.get(run).value.isPresent()) {
        return points.get(run).value;
      }
    }
    return OptionalDouble.empty();
  }
}
