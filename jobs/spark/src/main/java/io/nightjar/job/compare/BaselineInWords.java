package io.nightjar.job.compare;

import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.report.comparison.output.ComparisonSummary;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.BaselineSummary.State;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;

/** How an evaluation compares with its baseline, for its own page. */
public final class BaselineInWords {
  private BaselineInWords() {}

  /** What a page says that is written before the comparison has ended. */
  public static BaselineSummary pending(Baseline.Opened opened) {
    return BaselineSummary.of(
        State.OPEN,
        opened
            .run()
            .map(
                run ->
                    Text.format(
                        "The comparison with %s had not ended when this page was written; see %s.",
                        run.uri(), ReportFiles.COMPARE_HTML))
            .orElse(String.join(" ", opened.notes())));
  }

  /** What it says when the comparison has ended. */
  public static BaselineSummary of(BaselineOutcome outcome) {
    return outcome
        .report()
        .map(ComparisonSummary::of)
        .orElseGet(
            () ->
                BaselineSummary.of(
                    outcome.passed() ? State.OPEN : State.NOT_PASSED, outcome.sentence()));
  }
}
