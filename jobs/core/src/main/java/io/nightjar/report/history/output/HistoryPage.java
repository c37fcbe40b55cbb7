package io.nightjar.report.history.output;

import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.history.DataSetHistory;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.Series;
import io.nightjar.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the page of a history shows.
 *
 * @param root the folder of the runs
 * @param sentence how many runs there are, and what changed last
 * @param isWorse whether the newest change of the first data set is for the worse
 * @param made when the page was written
 * @param tolerance the smallest change that is marked
 */
public record HistoryPage(
    String root,
    String sentence,
    boolean isWorse,
    String made,
    String tolerance,
    List<String> notes,
    List<String> passedOver,
    List<DataSet> sets) {
  static final int MOST_RUNS = 100;
  private static final int MOST_FILES = 200;
  private static final int MOST_DIFFERENCES = 4;
  private static final int MINUTE = 16;

  /**
   * A data set.
   *
   * @param facts label and value
   * @param older says how many runs the table of runs leaves out; empty for none
   */
  public record DataSet(
      String name,
      List<Fact> facts,
      List<String> missing,
      List<Chart> charts,
      List<Run> runs,
      String figure,
      boolean hasCost,
      String older,
      List<LeftOut> leftOut) {}

  /** A number of a data set. */
  public record Fact(String label, String value) {}

  /** A category's figure. */
  public record Chart(
      String category,
      String figure,
      String newest,
      String label,
      SeriesChart drawing,
      List<Change> changes,
      List<String> gaps) {}

  /** A change of level, with what differs that night. */
  public record Change(
      String number,
      String date,
      String run,
      String href,
      String values,
      String change,
      boolean isWorse,
      List<String> causes) {}

  /** A run. */
  public record Run(
      String name,
      String href,
      String started,
      String figure,
      String categories,
      boolean hasFailed,
      String quarantined,
      String duration,
      String cost,
      List<String> differences) {}

  /** A quarantined file. */
  public record LeftOut(String category, String path, String reason, String runs) {}

  static HistoryPage of(RunsHistory history, HistoryOptions options, ReportLinks links) {
    List<DataSet> sets =
        history.dataSets().stream().map(set -> dataSet(set, history, options, links)).toList();
    List<Series.LevelChange> last = lastChanges(history.dataSets().get(0));
    return new HistoryPage(
        history.root(),
        sentence(history),
        last.stream().anyMatch(Series.LevelChange::isWorse),
        minute(history.made()),
        String.valueOf(options.tolerance()),
        history.notes(),
        history.passedOver(),
        sets);
  }

  /** The changes in the newest run of a data set. */
  private static List<Series.LevelChange> lastChanges(DataSetHistory set) {
    return set.series().stream()
        .flatMap(series -> series.changes().stream())
        .filter(change -> change.run() == set.runs().size() - 1)
        .toList();
  }

  static String sentence(RunsHistory history) {
    DataSetHistory newest = history.dataSets().get(0);
    List<Series.LevelChange> last = lastChanges(newest);
    long worse = last.stream().filter(Series.LevelChange::isWorse).count();
    String ending =
        last.isEmpty()
            ? "none changed in the newest run"
            : Text.format(
                "in the newest run %s changed, %d for the worse",
                Text.counted(last.size(), "series", "series"), worse);
    return Text.format(
        "%s of %s; of %s, %s.",
        Text.counted(history.size(), "run", "runs"),
        Text.counted(history.dataSets().size(), "data set", "data sets"),
        Text.counted(newest.series().size(), "series", "series"),
        ending);
  }

  private static DataSet dataSet(
      DataSetHistory set, RunsHistory history, HistoryOptions options, ReportLinks links) {
    List<RunRecord> runs = set.runs();
    Instant first = runs.get(0).start();
    Instant last = runs.get(runs.size() - 1).start();
    TimeAxis axis =
        new TimeAxis(
            first, set.overdue() > 0 && history.made().isAfter(last) ? history.made() : last);
    int older = Math.max(0, runs.size() - MOST_RUNS);
    ReportedMetric figure =
        set.series().isEmpty() ? ReportedMetric.PIXEL_AUPRC : set.series().get(0).figure();
    List<Run> rows = new ArrayList<>();
    for (int run = runs.size() - 1; run >= older; run--) {
      rows.add(run(set, run, figure, options, links));
    }
    return new DataSet(
        set.name().isEmpty() ? "Runs whose records do not say where their data was" : set.name(),
        facts(set, options),
        missing(set),
        set.series().stream().map(series -> chart(series, set, axis, links)).toList(),
        rows,
        figure.label(),
        options.costPerHour().isPresent(),
        older == 0
            ? ""
            : Text.format(
                "%s not listed here; all of them are in the table.",
                Text.counted(older, "older run is", "older runs are")),
        leftOut(runs));
  }

  private static List<Fact> facts(DataSetHistory set, HistoryOptions options) {
    List<RunRecord> runs = set.runs();
    double seconds = runs.stream().mapToDouble(RunRecord::wallSeconds).sum();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("runs", Numbers.count(runs.size())));
    facts.add(new Fact("first", minute(runs.get(0).start())));
    facts.add(new Fact("newest", minute(runs.get(runs.size() - 1).start())));
    facts.add(new Fact("one every", set.cadence().map(String::valueOf).orElse("no cadence")));
    facts.add(new Fact("time in all", Numbers.duration(seconds)));
    if (options.costPerHour().isPresent()) {
      facts.add(new Fact("cost in all", cost(seconds, options)));
    }
    return facts;
  }

  private static String cost(double seconds, HistoryOptions options) {
    return Numbers.fixed(seconds / 3600 * options.costPerHour().orElse(0), 2);
  }

  private static List<String> missing(DataSetHistory set) {
    List<String> sentences = new ArrayList<>();
    for (DataSetHistory.Gap gap : set.gaps()) {
      sentences.add(
          Text.format(
              "%s missing between %s and %s.",
              Text.counted(gap.missing(), "run is", "runs are"),
              minute(set.runs().get(gap.after()).start()),
              minute(set.runs().get(gap.after() + 1).start())));
    }
    if (set.overdue() > 0) {
      sentences.add(
          Text.format(
              "%s missing since the newest, %s.",
              Text.counted(set.overdue(), "run is", "runs are"),
              minute(set.runs().get(set.runs().size() - 1).start())));
    }
    return sentences;
  }

  private static Chart chart(Series series, DataSetHistory set, TimeAxis axis, ReportLinks links) {
    List<Change> changes = new ArrayList<>();
    for (Series.LevelChange change : series.changes()) {
      RunRecord run = set.runs().get(change.run());
      changes.add(
          new Change(
              String.valueOf(changes.size() + 1),
              minute(run.start()),
              run.name(),
              links.of(run),
              Text.format("%.4f to %.4f", change.before(), change.after()),
              Text.format("%+.4f", change.after() - change.before()),
              change.isWorse(),
              set.causes(series, change)));
    }
    List<String> gaps = new ArrayList<>();
    for (int run = 0; run < series.points().size(); run++) {
      Series.Point point = series.points().get(run);
      if (point.value().isEmpty()) {
        gaps.add(
            Text.format(
                "%s, %s: %s",
                minute(set.runs().get(run).start()), set.runs().get(run).name(), point.gap()));
      }
    }
    int left = gaps.size() - MOST_RUNS;
    if (left > 0) {
      gaps.subList(0, left).clear();
      gaps.add(0, Text.format("%d earlier ones", left));
    }
    return new Chart(
        series.category(),
        series.figure().label(),
        Numbers.metric(series.newest()),
        SeriesChart.label(series),
        SeriesChart.of(series, set, axis, links),
        changes,
        gaps);
  }

  private static Run run(
      DataSetHistory set,
      int index,
      ReportedMetric figure,
      HistoryOptions options,
      ReportLinks links) {
    RunRecord run = set.runs().get(index);
    OptionalDouble mean =
        run.categories().stream()
            .map(category -> category.number(figure))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average();
    List<String> differences = new ArrayList<>(set.differences(index));
    int more = differences.size() - MOST_DIFFERENCES;
    if (more > 0) {
      differences.subList(MOST_DIFFERENCES, differences.size()).clear();
      differences.add(Text.format("and %d more", more));
    }
    return new Run(
        run.name(),
        links.of(run),
        minute(run.start()),
        Numbers.metric(mean),
        run.failed().isEmpty()
            ? String.valueOf(run.categories().size())
            : Text.format("%d, %d failed", run.categories().size(), run.failed().size()),
        !run.failed().isEmpty(),
        String.valueOf(run.quarantined()),
        run.wallSeconds() > 0 ? Numbers.duration(run.wallSeconds()) : "",
        run.wallSeconds() > 0 ? cost(run.wallSeconds(), options) : "",
        differences);
  }

  private static List<LeftOut> leftOut(List<RunRecord> runs) {
    record First(String started, String newest, int count) {}
    Map<RunRecord.LeftOut, First> files = new LinkedHashMap<>();
    for (RunRecord run : runs) {
      for (RunRecord.LeftOut file : run.leftOut()) {
        First before = files.get(file);
        String minute = minute(run.start());
        files.remove(file);
        files.put(
            file,
            before == null
                ? new First(minute, minute, 1)
                : new First(before.started, minute, before.count + 1));
      }
    }
    List<LeftOut> rows = new ArrayList<>();
    files.forEach(
        (file, seen) ->
            rows.add(
                0,
                new LeftOut(
                    file.category(),
                    file.path(),
                    file.reason(),
                    seen.count == 1
                        ? seen.started
                        : Text.format(
                            "%d runs from %s to %s", seen.count, seen.started, seen.newest))));
    return rows.stream().limit(MOST_FILES).toList();
  }

  private static String minute(Instant time) {
    return time.toString().substring(0, MINUTE).replace('T', ' ');
  }
}
