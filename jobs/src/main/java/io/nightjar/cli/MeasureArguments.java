package io.nightjar.cli;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.MeasureOptions;
import picocli.CommandLine.Option;

/** How maps are measured, whoever made them. The defaults stand in conf/mvtec-ad.conf. */
final class MeasureArguments {
  @Option(
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input, which is 224 where"
              + " maps come from files"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Where maps and masks are compared: original, or the side of a square such as 224"
              + " (default: ${DEFAULT-VALUE}).")
  private String resolution;

  @Option(
      names = "--exact-metrics",
      arity = "0..1",
      fallbackValue = "true", // wherever the default comes from
      paramLabel = "true|false",
      description =
          "Take the pooled pixel metrics from the scores themselves, not from bins; some more"
              + " passes over the maps (default: ${DEFAULT-VALUE}).")
  private boolean exactMetrics;

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

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description = "Best and worst images to draw for each category (default: ${DEFAULT-VALUE}).")
  private int pictures;

  MeasureOptions toOptions() {
    MeasureOptions.Builder options =
        MeasureOptions.builder()
            .smoothing(smoothing)
            .exactMetrics(exactMetrics)
            .maxQuarantined(maxQuarantined)
            .pictures(pictures);
    if (!"original".equalsIgnoreCase(resolution)) {
      options.resolution(number("resolution", resolution, "original"));
    }
    if (!"auto".equalsIgnoreCase(partitions)) {
      options.partitions(number("partitions", partitions, "auto"));
    }
    if (!"auto".equalsIgnoreCase(concurrentCategories)) {
      options.concurrentCategories(number("concurrent-categories", concurrentCategories, "auto"));
    }
    return options.build();
  }

  private static int number(String option, String value, String word) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "The option --%s is \"%s\"; it must be %s or a whole number."
              .formatted(option, value, word),
          e);
    }
  }
}
