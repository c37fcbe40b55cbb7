package io.nightjar.cli.decision;

import io.nightjar.report.reason.ReasonOptions;
import picocli.CommandLine.Option;

/** Whether reasons are given for scores. */
public final class ReasonArguments {
  /** The name of the option. */
  public static final String REASONS = "--reasons";

  @Option(
      names = REASONS,
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Also give the reasons for the scores of the N highest patches of every image, 0 to 20:"
              + " the nearest normal patch of each, and what their distance consists of, as a table"
              + " reasons.csv and as a page reasons.html with cut-outs of both. Images are read and"
              + " embedded once more (default: ${DEFAULT-VALUE}, none).")
  private int patches;

  public ReasonOptions toOptions() {
    return new ReasonOptions(patches);
  }
}
