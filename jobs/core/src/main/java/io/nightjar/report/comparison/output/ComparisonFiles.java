package io.nightjar.report.comparison.output;

import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The files of a comparison in a folder. */
public final class ComparisonFiles {
  /** All files, in the order in which they are written; the last says that they are complete. */
  public static final List<String> NAMES =
      List.of(
          ReportFiles.COMPARE_HTML,
          ReportFiles.COMPARE_MD,
          ReportFiles.COMPARE_JUNIT,
          ReportFiles.COMPARE_JSON);

  private ComparisonFiles() {}

  /** Writes all files; those that are there are replaced. */
  public static void write(ComparisonReport report, String folder, Configuration configuration)
      throws IOException {
    ReportFiles files = new ReportFiles(folder, configuration);
    files.write(ReportFiles.COMPARE_HTML, ComparisonHtml.render(report, configuration));
    files.write(ReportFiles.COMPARE_MD, ComparisonMarkdown.write(report));
    files.write(ReportFiles.COMPARE_JUNIT, ComparisonJunit.write(report));
    files.write(ReportFiles.COMPARE_JSON, ComparisonJson.write(report));
  }
}
