package io.nightjar.report.console;

import io.nightjar.metric.selection.Selection;
import io.nightjar.report.Numbers;
import io.nightjar.report.sweep.ConfigurationResult;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A sweep as text for a console: a line for each configuration, then what the choice is worth. */
public final class SweepTable {
  private SweepTable() {}

  /**
   * The whole text; the outcome is on the last line.
   *
   * @param colours whether the console shows ANSI colours
   */
  public static String render(SweepReport report, boolean colours) {
    Ansi ansi = colours ? Ansi.COLOURED : Ansi.PLAIN;
    TextColumns columns = new TextColumns();
    columns.add("configuration", "", false);
    columns.add(report.figure().label(), "", true);
    columns.add("chosen", "", true);
    columns.add("difference", "to plain", true);
    columns.add("interval", "", false);
    columns.add("p", "", true);
    columns.add("", "", false);
    List<List<String>> rows = report.results().stream().map(result -> row(result, report)).toList();
    columns.fit(rows);
    StringBuilder out = new StringBuilder();
    line(out, ansi.bold(columns.upperHeader()));
    line(out, ansi.bold(columns.lowerHeader()));
    line(out, columns.rule());
    rows.forEach(row -> line(out, columns.format(row)));
    line(out, "");
    report.selection().ifPresent(found -> selection(found, report).forEach(s -> line(out, s)));
    report.notes().forEach(note -> line(out, ResultTable.safe(note)));
    report
        .failed()
        .forEach(
            failed ->
                line(
                    out,
                    ansi.red(
                        ResultTable.safe(
                            failed.configuration().name() + " FAILED: " + failed.reason()))));
    line(out, ResultTable.safe(report.sentence()));
    return out.toString();
  }

  private static List<String> row(ConfigurationResult result, SweepReport report) {
    return List.of(
        ResultTable.safe(result.configuration().name()),
        Numbers.fixed(result.value(), 4),
        report
            .selection()
            .map(found -> Numbers.fixed(100.0 * result.wins() / found.choices(), 1) + " %")
            .orElse(""),
        Numbers.difference(
            result.comparison().isPresent()
                ? OptionalDouble.of(result.comparison().get().difference())
                : OptionalDouble.empty()),
        result
            .comparison()
            .map(
                compared ->
                    Text.format("%+.4f to %+.4f", compared.test().lower(), compared.test().upper()))
            .orElse(""),
        result.comparison().map(compared -> Text.format("%.2g", compared.pDifferent())).orElse(""),
        result.comparison().map(compared -> compared.verdict().word()).orElse(""));
  }

  private static List<String> selection(Selection found, SweepReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.format(
            "Best of all, naively: %s (%s)",
            Numbers.fixed(found.naive(), 4),
            ResultTable.safe(report.results().get(found.best()).configuration().name())));
    lines.add(
        Text.format(
            "Honest figure of the choice: %s (%s to %s), chosen on one half of the images and taken"
                + " on the other, %s times",
            Numbers.fixed(found.honest(), 4),
            Numbers.fixed(found.lower(), 4),
            Numbers.fixed(found.upper(), 4),
            Numbers.count(found.choices())));
    lines.add(
        Text.format(
            "Optimism: %s; %s from choosing, %s from halves having fewer images",
            Numbers.signed(found.optimism(), 4),
            Numbers.signed(found.optimism() - found.halving(), 4),
            Numbers.signed(found.halving(), 4)));
    return lines;
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
