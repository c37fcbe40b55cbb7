package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.RunOptions;
import io.nightjar.text.Text;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a run uses the cluster, and how many images may be left out. */
public final class ClusterArguments {
  @Option(
      names = "--max-quarantined",
      paramLabel = "FRACTION",
      description =
          "Fraction of a category's images that may be left out, since they cannot be used, before"
              + " the category fails (default: ${DEFAULT-VALUE}).")
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
          "Categories handled at the same time (default: ${DEFAULT-VALUE}, by the cluster's"
              + " cores).")
  private String concurrentCategories;

  public RunOptions toOptions() {
    return new RunOptions(
        maxQuarantined,
        numberUnless(RunOptions.AUTO, "partitions", partitions),
        numberUnless(RunOptions.AUTO, "concurrent-categories", concurrentCategories));
  }

  /** The number that an option is, or none where it is the word. */
  static OptionalInt numberUnless(String word, String option, String value) {
    return word.equalsIgnoreCase(value)
        ? OptionalInt.empty()
        : OptionalInt.of(number(option, value, word));
  }

  private static int number(String option, String value, String word) {
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
