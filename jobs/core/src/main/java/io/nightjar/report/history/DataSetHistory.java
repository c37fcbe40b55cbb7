package io.nightjar.report.history;

import io.nightjar.metric.history.Cadence;
import io.nightjar.report.ReportedMetric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of one data set.
 *
 * @param name where the newest run found it
 * @param runs by their time
 * @param cadence how often they are made; empty where they follow none
 * @param gaps runs that are missing between two
 * @param overdue runs that are missing since the last
 * @param series of every category and figure
 * @param causes what differs, for each change of the series that has one
 */
public record DataSetHistory(
    String name,
    List<RunRecord> runs,
    Optional<Cadence> cadence,
    List<Gap> gaps,
    long overdue,
    List<Series> series,
    Map<Between, List<String>> causes) {
  /**
   * Takes unchangeable copies.
   *
   * @param name where the newest run found it
   * @param runs by their time
   * @param cadence how often they are made; empty where they follow none
   * @param gaps runs that are missing between two
   * @param overdue runs that are missing since the last
   * @param series of every category and figure
   * @param causes what differs, for each change of the series that has one
   */
  public DataSetHistory {
    runs = List.copyOf(runs);
    gaps = List.copyOf(gaps);
    series = List.copyOf(series);
    causes = Map.copyOf(causes);
  }

  /**
   * Missing runs.
   *
   * @param after the run before them, as an index
   * @param due when the first of them were due
   * @param missing how many there are
   */
  public record Gap(int after, List<Instant> due, long missing) {}

  /**
   * A category in two runs, as indexes.
   *
   * @param category its name
   * @param previous the earlier run
   * @param run the later run
   */
  public record Between(String category, int previous, int run) {}

  private static final int MOST_DUE = 10;

  /** The history of runs of one data set, in their order. */
  static DataSetHistory of(
      List<RunRecord> runs, HistoryOptions options, Instant now, ImageChanges images) {
    List<Instant> times = runs.stream().map(RunRecord::start).toList();
    Optional<Cadence> cadence = options.every().or(() -> Cadence.of(times));
    List<Series> series = series(runs, options);
    Map<Between, List<String>> causes = new LinkedHashMap<>();
    for (Series one : series) {
      for (Series.LevelChange change : one.changes()) {
        causes.computeIfAbsent(
            new Between(one.category(), change.previous(), change.run()),
            between ->
                Causes.between(
                    one.category(), runs.get(change.previous()), runs.get(change.run()), images));
      }
    }
    return new DataSetHistory(
        runs.get(runs.size() - 1).root(),
        runs,
        cadence,
        cadence.map(every -> gaps(every, times)).orElse(List.of()),
        cadence.map(every -> every.overdue(times.get(times.size() - 1), now)).orElse(0L),
        series,
        causes);
  }

  /**
   * What the records say that differs between a run and the one before it; not its images.
   *
   * @param run its index among {@link #runs}, from 0
   * @return sentences; empty for the first run, and where nothing differs
   */
  public List<String> differences(int run) {
    return run == 0 ? List.of() : Causes.settings(runs.get(run - 1), runs.get(run));
  }

  /**
   * The sentences on what differs where a series changed.
   *
   * @param one of {@link #series}
   * @param change of that series
   * @return sentences; empty where nothing is known to differ
   */
  public List<String> causes(Series one, Series.LevelChange change) {
    return causes.getOrDefault(
        new Between(one.category(), change.previous(), change.run()), List.of());
  }

  private static List<Gap> gaps(Cadence every, List<Instant> times) {
    List<Gap> gaps = new ArrayList<>();
    for (int run = 1; run < times.size(); run++) {
      long missing = every.missing(times.get(run - 1), times.get(run));
      if (missing > 0) {
        gaps.add(
            new Gap(run - 1, every.missing(times.get(run - 1), times.get(run), MOST_DUE), missing));
      }
    }
    return gaps;
  }

  private static List<Series> series(List<RunRecord> runs, HistoryOptions options) {
    Set<String> categories = new LinkedHashSet<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      runs.get(i).categories().forEach(category -> categories.add(category.category()));
      runs.get(i).failed().forEach(category -> categories.add(category.category()));
    }
    List<ReportedMetric> figures =
        options.figures().isEmpty() ? List.of(usual(runs)) : options.figures();
    List<Series> series = new ArrayList<>();
    for (String category : categories) {
      for (ReportedMetric figure : figures) {
        series.add(Series.of(category, figure, runs, options.tolerance()));
      }
    }
    return series;
  }

  /** The figure of data sets with masks, or of those without. */
  private static ReportedMetric usual(List<RunRecord> runs) {
    boolean hasPixels =
        runs.stream()
            .flatMap(run -> run.categories().stream())
            .anyMatch(category -> category.number(ReportedMetric.PIXEL_AUPRC).isPresent());
    return hasPixels ? ReportedMetric.PIXEL_AUPRC : ReportedMetric.IMAGE_AUROC;
  }
}
