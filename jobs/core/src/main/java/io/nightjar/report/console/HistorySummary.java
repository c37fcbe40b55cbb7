package io.nightjar.report.console;

import io.nightjar.report.history.DataSetHistory;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.Series;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/** The history of runs in some lines: what is odd, and the newest changes. */
public final class HistorySummary {
  private static final int MOST_CHANGES = 20;
  private static final int LONGEST_CAUSE = 80;

  private HistorySummary() {}

  /** The lines, each with its end. */
  public static String render(RunsHistory history, boolean colours) {
    Ansi ansi = colours ? Ansi.COLOURED : Ansi.PLAIN;
    StringBuilder text = new StringBuilder();
    text.append(
        Text.format(
            "%s of %s: %d read, %d remembered.%n",
            Text.counted(history.size(), "run", "runs"),
            Text.counted(history.dataSets().size(), "data set", "data sets"),
            history.fresh().size(),
            history.size()
                - history.runs().filter(run -> history.fresh().contains(run.path())).count()));
    history.notes().forEach(note -> text.append(note).append(System.lineSeparator()));
    history
        .passedOver()
        .forEach(note -> text.append(ansi.yellow(note)).append(System.lineSeparator()));
    for (DataSetHistory set : history.dataSets()) {
      changes(set, ansi).forEach(line -> text.append(line).append(System.lineSeparator()));
    }
    return text.toString();
  }

  private record Line(int run, String text) {}

  /** The first, which weighs most; the page has them all. */
  private static String causes(List<String> causes) {
    if (causes.isEmpty()) {
      return "";
    }
    String first = causes.get(0);
    String shown =
        first.length() <= LONGEST_CAUSE ? first : first.substring(0, LONGEST_CAUSE) + "...";
    return causes.size() == 1
        ? shown
        : Text.format(
            "%s; and %s more, see history.html",
            shown, Text.counted(causes.size() - 1, "difference", "differences"));
  }

  private static List<String> changes(DataSetHistory set, Ansi ansi) {
    List<Line> lines = new ArrayList<>();
    for (Series series : set.series()) {
      for (Series.LevelChange change : series.changes()) {
        String line =
            Text.format(
                "%s  %s of %s: %.4f to %.4f (%+.4f). %s",
                set.runs().get(change.run()).name(),
                series.figure().labelInSentence(),
                series.category(),
                change.before(),
                change.after(),
                change.after() - change.before(),
                causes(set.causes(series, change)));
        lines.add(new Line(change.run(), change.isWorse() ? ansi.red(line) : line));
      }
    }
    lines.sort((one, other) -> Integer.compare(other.run, one.run));
    return lines.stream().limit(MOST_CHANGES).map(Line::text).toList();
  }
}
