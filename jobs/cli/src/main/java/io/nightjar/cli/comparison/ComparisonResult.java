package io.nightjar.cli.comparison;

import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.console.ComparisonTable;
import io.nightjar.report.openmetrics.ReportMetrics;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * Prints a comparison of runs: its table, where the files are, and on the last line the outcome.
 */
public final class ComparisonResult {
  private ComparisonResult() {}

  /** Notes it for those that are informed. */
  public static void note(ComparisonReport report, Findings findings) {
    findings
        .sentence(report.sentence())
        .verdict(ReportMetrics.gravest(report).word())
        .metrics(families -> ReportMetrics.add(report, families));
  }

  /**
   * Prints it.
   *
   * @param folder of the files; empty where none were written
   */
  public static void print(ComparisonReport report, Optional<String> folder, PrintWriter out) {
    out.println();
    folder.ifPresent(
        place ->
            out.println(
                "Comparison: "
                    + place
                    + " (compare.html for a person, compare.json, compare.md, compare-junit.xml)"));
    out.print(ComparisonTable.render(report, Terminal.hasColours()));
    out.flush();
  }
}
