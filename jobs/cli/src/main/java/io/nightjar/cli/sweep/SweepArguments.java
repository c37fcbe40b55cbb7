package io.nightjar.cli.sweep;

import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.MaxDrop;
import io.nightjar.report.sweep.SweepOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** How a configuration is chosen, and compared with the plain method. */
public final class SweepArguments {
  @Option(
      names = "--figure",
      paramLabel = "NAME",
      description =
          "The figure that a configuration is chosen by, by its name in metrics.json: the mean over"
              + " the categories (default: pixel_auprc, or image_auroc where a category has no pixel"
              + " figures).")
  private Optional<String> figure = Optional.empty();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "How often the test images are divided into a half to choose on and a half to report on"
              + " (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of the halves (default: ${DEFAULT-VALUE}).")
  private long splitSeed;

  @Option(
      names = "--tolerance",
      paramLabel = "DIFFERENCE",
      description =
          "The smallest difference to the plain method that matters: \"same\" means that the"
              + " interval of the difference lies within it (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      description =
          "The level of tests and intervals: 0.05 gives intervals of 95 %%"
              + " (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description =
          "Resamples of the paired bootstrap; with many configurations more are made"
              + " (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--bootstrap-seed",
      paramLabel = "N",
      description = "The seed of the resamples (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * The options of the selection.
   *
   * @throws io.nightjar.error.InvalidInputException naming an option that cannot be used
   */
  public SweepOptions toOptions() {
    List<ReportedMetric> named =
        figure.stream().map(name -> MaxDrop.figure(name, "--figure")).toList();
    return new SweepOptions(
        new ComparisonOptions(tolerance, alpha, resamples, seed, named, Set.of()),
        repetitions,
        splitSeed);
  }
}
