package io.nightjar.cli.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.comparison.Allowance;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.FailOn;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.MaxDrop;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How runs are compared, and what does not pass. */
public final class ComparisonArguments {
  private static final String NONE = "none";

  @Option(
      names = "--figure",
      paramLabel = "NAME",
      split = ",",
      description =
          "A figure that decides on the verdict of a category, by its name in metrics.json; may be"
              + " given more than once (default: pixel_auprc, or image_auroc where a category has no"
              + " pixel figures). All others are reported.")
  private List<String> figures = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "DIFFERENCE",
      description =
          "The smallest difference of a figure that matters: \"same\" means that the interval of the"
              + " difference lies within it (default: ${DEFAULT-VALUE}).")
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
          "Resamples of the paired bootstrap; with many categories more are made"
              + " (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--bootstrap-seed",
      paramLabel = "N",
      description = "The seed of the resamples (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      split = ",",
      description =
          "What may differ between the runs: definitions, resolution, masks, labels, images,"
              + " categories; may be given more than once. Without it, runs that differ in any of"
              + " these are refused.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--max-drop",
      paramLabel = "FIGURE=VALUE",
      split = ",",
      description =
          "How far a figure may fall in any category and in the mean, whatever the tests say:"
              + " pixel_auprc=0.01, or pixel_auprc=1%% of the baseline; may be given more than once.")
  private List<String> drops = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      split = ",",
      description =
          "What ends with exit code 5: worse, inconclusive, failed (categories), quarantined>N"
              + " (files), slower>R (wall time as a multiple of the baseline's), or none; may be"
              + " given more than once (default: ${DEFAULT-VALUE}).")
  private List<String> failOn = new ArrayList<>();

  /** The names of all options here. */
  public static String[] names() {
    return new String[] {
      "--figure",
      "--tolerance",
      "--alpha",
      "--resamples",
      "--bootstrap-seed",
      "--allow",
      "--max-drop",
      "--fail-on"
    };
  }

  /**
   * How runs are compared.
   *
   * @throws InvalidInputException naming an option that cannot be used
   */
  public ComparisonOptions toOptions() {
    Set<Allowance> allowed = new LinkedHashSet<>();
    for (String word : allow) {
      allowed.add(
          Allowance.of(word)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          Text.format(
                              "The option --allow has \"%s\"; it takes %s.",
                              word,
                              Arrays.stream(Allowance.values())
                                  .map(Allowance::word)
                                  .collect(Collectors.joining(", "))))));
    }
    return new ComparisonOptions(
        tolerance,
        alpha,
        resamples,
        seed,
        figures.stream().map(name -> MaxDrop.figure(name, "--figure")).toList(),
        allowed);
  }

  /**
   * What does not pass.
   *
   * @throws InvalidInputException naming an option that cannot be used
   */
  public Gate toGate() {
    if (failOn.contains(NONE) && failOn.size() > 1) {
      throw new InvalidInputException(
          "The option --fail-on has none and something else; leave one of them out.");
    }
    return new Gate(
        drops.stream().map(MaxDrop::parse).toList(),
        failOn.contains(NONE) ? List.of() : failOn.stream().map(FailOn::parse).toList());
  }
}
