package io.nightjar.report.console;

import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.Numbers;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.drift.RunDrift;
import io.nightjar.text.Text;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A drift report as text for a console: each category's reference, then its runs, in ASCII. */
public final class DriftTable {
  private DriftTable() {}

  /**
   * The whole text.
   *
   * @param colours whether the console shows ANSI colours
   */
  public static String render(DriftReport report, boolean colours) {
    Ansi ansi = colours ? Ansi.COLOURED : Ansi.PLAIN;
    TextColumns columns = new TextColumns();
    columns.add("category", "", false);
    columns.add("run", "", false);
    columns.add("started", "", false);
    columns.add("images", "", true);
    columns.add("patch", "distance", false);
    columns.add("median", "", true);
    columns.add("PSI", "", true);
    columns.add("PSI", "limit", true);
    columns.add("KS", "", true);
    columns.add("KS", "p-value", true);
    columns.add("", "", false);
    List<List<String>> rows = new ArrayList<>();
    report.categories().forEach(category -> addRows(category, rows));
    columns.fit(rows);
    StringBuilder out = new StringBuilder();
    line(out, ansi.bold(columns.upperHeader()));
    line(out, ansi.bold(columns.lowerHeader()));
    line(out, columns.rule());
    for (List<String> row : rows) {
      String text = columns.format(row);
      line(out, row.get(row.size() - 1).equals("DRIFTED") ? ansi.red(text) : text);
    }
    line(out, "");
    for (CategoryDrift category : report.categories()) {
      category
          .notes()
          .forEach(note -> line(out, ResultTable.safe(category.category() + ": " + note)));
    }
    line(
        out,
        Text.format(
                "A run has drifted where its PSI is above the limit (%s, or what chance reaches with so few",
                report.limits().psi())
            + Text.format(" images) or the p-value below %s.", report.limits().alpha()));
    return out.toString();
  }

  private static void addRows(CategoryDrift category, List<List<String>> rows) {
    String name = ResultTable.safe(category.category());
    String source = "reference: " + ResultTable.safe(category.referenceSource());
    for (Map.Entry<DriftScore, ScoreDistribution> kind : category.reference().entrySet()) {
      ScoreDistribution scores = kind.getValue();
      rows.add(
          List.of(
              name,
              source,
              "",
              Numbers.count(scores.images()),
              kind.getKey().key(),
              Numbers.fixed(scores.median(), 4),
              "",
              "",
              "",
              "",
              ""));
      name = "";
      source = "";
    }
    category.runs().forEach(run -> addRows(run, rows));
  }

  private static void addRows(RunDrift run, List<List<String>> rows) {
    String name = ResultTable.safe(run.run().substring(run.run().lastIndexOf('/') + 1));
    String started = run.started().truncatedTo(ChronoUnit.SECONDS).toString();
    for (Map.Entry<DriftScore, ScoreDrift> kind : run.drifts().entrySet()) {
      ScoreDrift drift = kind.getValue();
      rows.add(
          List.of(
              "",
              name,
              started,
              Numbers.count(drift.images()),
              kind.getKey().key(),
              Numbers.fixed(drift.median(), 4),
              Numbers.fixed(drift.psi().value(), 3),
              Numbers.fixed(drift.psiLimit(), 3),
              Numbers.fixed(drift.ks().statistic(), 3),
              String.format(Locale.ROOT, "%.2g", drift.ks().pValue()),
              drift.drifted() ? "DRIFTED" : "ok"));
      name = "";
      started = "";
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
