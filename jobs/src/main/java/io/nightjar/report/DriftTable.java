package io.nightjar.report;

import io.nightjar.metric.drift.ScoreDrift;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    columns.add("median", "score", true);
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
        "A run has drifted where its PSI is above the limit (%s, or what chance reaches with so few"
                .formatted(report.limits().psi())
            + " images) or the p-value below %s.".formatted(report.limits().alpha()));
    return out.toString();
  }

  private static void addRows(CategoryDrift category, List<List<String>> rows) {
    rows.add(
        List.of(
            ResultTable.safe(category.category()),
            "reference: " + ResultTable.safe(category.referenceSource()),
            "",
            Numbers.count(category.reference().images()),
            Numbers.fixed(category.reference().median(), 4),
            "",
            "",
            "",
            "",
            ""));
    for (RunDrift run : category.runs()) {
      ScoreDrift drift = run.drift();
      rows.add(
          List.of(
              "",
              ResultTable.safe(run.run().substring(run.run().lastIndexOf('/') + 1)),
              run.started().truncatedTo(ChronoUnit.SECONDS).toString(),
              Numbers.count(drift.images()),
              Numbers.fixed(drift.median(), 4),
              Numbers.fixed(drift.psi().value(), 3),
              Numbers.fixed(drift.psiLimit(), 3),
              Numbers.fixed(drift.ks().statistic(), 3),
              String.format(Locale.ROOT, "%.2g", drift.ks().pValue()),
              drift.drifted() ? "DRIFTED" : "ok"));
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
