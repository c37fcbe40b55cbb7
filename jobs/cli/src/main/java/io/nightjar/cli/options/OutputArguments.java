package io.nightjar.cli.options;

import io.nightjar.job.options.OutputOptions;
import picocli.CommandLine.Option;

/** What is drawn. */
public final class OutputArguments {
  @Option(
      names = "--visualizations",
      paramLabel = "N",
      description =
          "Images to draw for each category: so many of those that are found best, those that are"
              + " found worst, and the normal ones with the highest scores; without a ground truth,"
              + " of those with the highest scores (default: ${DEFAULT-VALUE}).")
  private int visualizations;

  public OutputOptions toOptions() {
    return new OutputOptions(visualizations);
  }
}
