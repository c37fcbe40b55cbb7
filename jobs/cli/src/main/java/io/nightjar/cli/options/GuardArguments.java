package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** Where scores of normal images end. */
public final class GuardArguments {
  @Option(
      names = "--guard",
      paramLabel = "N|off",
      description =
          "An image is unlike the bank where its score lies more than so many robust standard deviations above"
              + " the median of the scores of the bank's own images, each against the bank without"
              + " it; off adds all (default: ${DEFAULT-VALUE}).")
  private String guard;

  public OptionalDouble deviations() {
    if ("off".equalsIgnoreCase(guard)) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(guard));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format("The option --guard is \"%s\"; it must be off or a number above 0.", guard),
          e);
    }
  }
}
