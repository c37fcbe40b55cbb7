package io.nightjar.job.output;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose results are written.
 *
 * @param report as it was written, with notes on what could not be
 * @param comparison published results to compare with
 * @param context what the page shows next to the figures
 */
public record WrittenRun(EvaluationReport report, Comparison comparison, PageContext context) {
  private static final Logger LOG = LoggerFactory.getLogger(WrittenRun.class);

  /**
   * Writes the page again, with how the run compares with its baseline. Where that fails, the page
   * that is there remains, which says that the comparison had not ended.
   *
   * @param out the folder that holds the run
   */
  public void addToPage(BaselineSummary baseline, String out, Configuration configuration) {
    try {
      new ReportFiles(out, configuration).writePage(report, comparison, context.with(baseline));
    } catch (IOException | RuntimeException e) {
      LOG.warn("The verdict against the baseline could not be added to {}", out, e);
    }
  }
}
