package io.nightjar.cli.sweep;

import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.cli.table.ResultsList;
import io.nightjar.report.console.SweepTable;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.output.SweepFiles;
import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;

/** Prints what a sweep found: where the files are, its table, and on the last line the outcome. */
public final class SweepResult {
  private static final ResultsList FILES =
      new ResultsList()
          .line("the sweep, for a person", SweepFiles.PAGE)
          .line("every figure, unrounded", SweepFiles.JSON, SweepFiles.CSV)
          .line("an evaluation for each configuration", SweepFiles.CONFIGURATIONS + "/");

  private SweepResult() {}

  /** Notes it for those that are informed. */
  public static void note(SweepReport report, String out, Findings findings) {
    findings.sentence(report.sentence()).out(out, SweepFiles.PAGE);
  }

  /**
   * Prints it.
   *
   * @param folder of the files
   * @param configuration of the file system that they are on
   */
  public static void print(
      SweepReport report, String folder, Configuration configuration, PrintWriter out) {
    out.println();
    FILES.print(folder, configuration, out);
    out.println();
    out.print(SweepTable.render(report, Terminal.hasColours()));
    out.flush();
  }
}
