package io.nightjar.report.history.output;

import io.nightjar.report.Numbers;
import io.nightjar.report.history.DataSetHistory;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.history.Series;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A figure over time as a drawing 1000 wide and 200 high. Where more runs lie on one pixel than can
 * be distinguished, the first, the smallest, the largest and the last of them are drawn (M4: Jugel
 * et al., A Visualization-Oriented Time Series Data Aggregation, VLDB 2014).
 *
 * @param bands areas between the bounds of the runs' own intervals
 * @param lines through the values; one ends where a value is missing
 * @param dots the runs, where they are few enough to point at
 * @param changes where the level changed
 * @param failures runs in which the category has no value
 * @param missing runs that were due and not made
 * @param values labels of the vertical axis
 * @param times labels of the horizontal one
 */
public record SeriesChart(
    List<String> bands,
    List<String> lines,
    List<Dot> dots,
    List<Mark> changes,
    List<Mark> failures,
    List<Mark> missing,
    List<Tick> values,
    List<Tick> times) {
  static final int LEFT = 52;
  static final int WIDTH = 932;
  static final int TOP = 18;
  static final int HEIGHT = 146;

  private static final int MOST_DOTS = 200;
  private static final int DATE = 10;

  /** A run, with a link to its report; the link is empty where that is no longer there. */
  public record Dot(String x, String y, String href, String title) {}

  /** Something at a time, with what it is. */
  public record Mark(String x, String label, String title, boolean isBad) {}

  /** A label of an axis, and the side at which it is held. */
  public record Tick(String position, String label, String anchor) {}

  private record Point(int run, double x, double value, double lower, double upper) {}

  /** The drawing of a series. */
  static SeriesChart of(Series series, DataSetHistory set, TimeAxis axis, ReportLinks links) {
    List<List<Point>> stretches = stretches(series, set, axis);
    List<Point> all = stretches.stream().flatMap(List::stream).toList();
    ValueRange range =
        ValueRange.of(
            all.stream().mapToDouble(Point::lower), all.stream().mapToDouble(Point::upper));
    List<String> bands = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (List<Point> stretch : stretches) {
      List<Point> drawn = thinned(stretch);
      lines.add(line(drawn, range));
      if (drawn.stream().anyMatch(point -> point.lower < point.upper)) {
        bands.add(band(drawn, range));
      }
    }
    return new SeriesChart(
        bands,
        lines,
        dots(series, set, all, range, links),
        changes(series, set, axis),
        failures(series, set, axis),
        missing(set, axis),
        range.ticks(),
        axis.ticks());
  }

  /** The values between two gaps each. */
  private static List<List<Point>> stretches(Series series, DataSetHistory set, TimeAxis axis) {
    List<List<Point>> stretches = new ArrayList<>();
    List<Point> current = new ArrayList<>();
    List<Integer> beforeMissing = set.gaps().stream().map(DataSetHistory.Gap::after).toList();
    for (int run = 0; run < series.points().size(); run++) {
      Series.Point point = series.points().get(run);
      boolean isMissing = point.value().isEmpty();
      if (!isMissing) {
        double value = point.value().getAsDouble();
        current.add(
            new Point(
                run,
                axis.x(set.runs().get(run).start()),
                value,
                Math.min(value, point.lower().orElse(value)),
                Math.max(value, point.upper().orElse(value))));
      }
      if ((isMissing || beforeMissing.contains(run)) && !current.isEmpty()) {
        stretches.add(current);
        current = new ArrayList<>();
      }
    }
    if (!current.isEmpty()) {
      stretches.add(current);
    }
    return stretches;
  }

  private static List<Point> thinned(List<Point> points) {
    if (points.size() <= 4 * WIDTH) {
      return points;
    }
    Map<Long, List<Point>> columns = new LinkedHashMap<>();
    points.forEach(
        point -> columns.computeIfAbsent(Math.round(point.x), x -> new ArrayList<>()).add(point));
    List<Point> kept = new ArrayList<>();
    for (List<Point> column : columns.values()) {
      double lower = column.stream().mapToDouble(Point::lower).min().orElseThrow();
      double upper = column.stream().mapToDouble(Point::upper).max().orElseThrow();
      Point smallest = column.get(0);
      Point largest = column.get(0);
      for (Point point : column) {
        smallest = point.value < smallest.value ? point : smallest;
        largest = point.value > largest.value ? point : largest;
      }
      boolean rises = smallest.run < largest.run;
      for (Point point :
          List.of(
              column.get(0),
              rises ? smallest : largest,
              rises ? largest : smallest,
              column.get(column.size() - 1))) {
        Point drawn = new Point(point.run, point.x, point.value, lower, upper);
        if (kept.isEmpty() || kept.get(kept.size() - 1).run != drawn.run) {
          kept.add(drawn);
        }
      }
    }
    return kept;
  }

  private static String line(List<Point> points, ValueRange range) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : " L").append(at(point.x, point.value, range));
    }
    if (points.size() == 1) {
      path.append(" h0"); // with round ends, a dot
    }
    return path.toString();
  }

  private static String band(List<Point> points, ValueRange range) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : " L").append(at(point.x, point.upper, range));
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      path.append(" L").append(at(points.get(i).x, points.get(i).lower, range));
    }
    return path.append(" Z").toString();
  }

  private static String at(double x, double value, ValueRange range) {
    return Numbers.fixed(x, 1) + " " + range.y(value);
  }

  private static List<Dot> dots(
      Series series, DataSetHistory set, List<Point> points, ValueRange range, ReportLinks links) {
    return points.stream()
        .skip(Math.max(0, points.size() - MOST_DOTS))
        .map(
            point -> {
              RunRecord run = set.runs().get(point.run);
              String interval =
                  point.lower < point.upper
                      ? Text.format(" (%.4f to %.4f)", point.lower, point.upper)
                      : "";
              return new Dot(
                  Numbers.fixed(point.x, 1),
                  range.y(point.value),
                  links.of(run),
                  Text.format(
                      "%s, %s: %s %.4f%s",
                      run.name(),
                      date(run),
                      series.figure().labelInSentence(),
                      point.value,
                      interval));
            })
        .toList();
  }

  private static List<Mark> changes(Series series, DataSetHistory set, TimeAxis axis) {
    List<Mark> marks = new ArrayList<>();
    for (Series.LevelChange change : series.changes()) {
      RunRecord run = set.runs().get(change.run());
      marks.add(
          new Mark(
              axis.position(run.start()),
              String.valueOf(marks.size() + 1),
              Text.format(
                  "%s: %+.4f. %s",
                  date(run),
                  change.after() - change.before(),
                  String.join("; ", set.causes(series, change))),
              change.isWorse()));
    }
    return marks;
  }

  private static List<Mark> failures(Series series, DataSetHistory set, TimeAxis axis) {
    List<Mark> marks = new ArrayList<>();
    for (int run = 0; run < series.points().size(); run++) {
      Series.Point point = series.points().get(run);
      if (point.value().isEmpty()) {
        RunRecord record = set.runs().get(run);
        marks.add(
            new Mark(
                axis.position(record.start()),
                point.hasFailed() ? "failed" : "no value",
                Text.format("%s, %s: %s", record.name(), date(record), point.gap()),
                point.hasFailed()));
      }
    }
    return marks;
  }

  private static List<Mark> missing(DataSetHistory set, TimeAxis axis) {
    return set.gaps().stream()
        .flatMap(gap -> gap.due().stream())
        .map(
            due ->
                new Mark(
                    axis.position(due),
                    "no run",
                    "no run; one was due about " + due.toString().substring(0, DATE),
                    false))
        .toList();
  }

  private static String date(RunRecord run) {
    return run.started().substring(0, Math.min(DATE, run.started().length()));
  }

  /** The drawing in words. */
  static String label(Series series) {
    OptionalDouble newest = series.newest();
    return Text.format(
        "%s of %s over time%s",
        series.figure().label(),
        series.category(),
        newest.isPresent() ? Text.format(", at last %.4f", newest.getAsDouble()) : "");
  }
}
