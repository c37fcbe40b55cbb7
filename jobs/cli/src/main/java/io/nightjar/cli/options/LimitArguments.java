package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.text.Text;
import picocli.CommandLine.Option;

/** What a pass over images bears and shares. The defaults stand in conf/mvtec-ad.conf. */
public final class LimitArguments {
  @Option(
      names = "--max-quarantined",
      paramLabel = "SHARE",
      description =
          "Share of a category's images that may be defective files before the category fails"
              + " (default: ${DEFAULT-VALUE}).")
  private double maxQuarantined;

  @Option(
      names = "--partitions",
      paramLabel = "N|auto",
      description =
          "Spark partitions of a pass over a category; results do not depend on it"
              + " (default: ${DEFAULT-VALUE}, one a chunk).")
  private String partitions;

  @Option(
      names = "--concurrent-categories",
      paramLabel = "N|auto",
      description =
          "Categories evaluated at the same time (default: ${DEFAULT-VALUE}, by the cluster's"
              + " cores).")
  private String concurrentCategories;

  public MeasureOptions.Builder toOptions() {
    MeasureOptions.Builder options = MeasureOptions.builder().maxQuarantined(maxQuarantined);
    if (!"auto".equalsIgnoreCase(partitions)) {
      options.partitions(number("partitions", partitions, "auto"));
    }
    if (!"auto".equalsIgnoreCase(concurrentCategories)) {
      options.concurrentCategories(number("concurrent-categories", concurrentCategories, "auto"));
    }
    return options;
  }

  static int number(String option, String value, String word) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s is \"%s\"; it must be %s or a whole number.", option, value, word),
          e);
    }
  }
}
