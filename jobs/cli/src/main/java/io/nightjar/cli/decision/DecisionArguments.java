package io.nightjar.cli.decision;

import io.nightjar.metric.decision.DecisionRates;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** How often normal images may be taken for anomalous. */
public final class DecisionArguments {
  @Option(
      names = "--false-alarm-rate",
      paramLabel = "RATE",
      description =
          "Decide on each image with a stored bank: the fraction of normal images that may be called anomalous, such"
              + " as 0.01, at least 1 in the number of the bank's images and one more. Gives every"
              + " image a p-value and a verdict (default: nothing is decided).")
  private Double falseAlarms;

  @Option(
      names = "--false-discovery-rate",
      paramLabel = "RATE",
      description =
          "Also select images of the run, so that at most this fraction of them is expected to be"
              + " normal, by the procedure of Benjamini and Hochberg; goes with --false-alarm-rate.")
  private Double falseDiscoveries;

  @Option(
      names = "--pixel-false-positive-rate",
      paramLabel = "RATE",
      description =
          "Also state the distance from which on patches are anomalous, so that at most this fraction"
              + " of a normal image's patches is expected to be; goes with --false-alarm-rate.")
  private Double falsePositivePixels;

  /** The options, which need a stored bank. */
  public static String[] names() {
    return new String[] {
      "--" + DecisionRates.FALSE_ALARMS,
      "--" + DecisionRates.FALSE_DISCOVERIES,
      "--" + DecisionRates.FALSE_POSITIVE_PIXELS
    };
  }

  public DecisionRates toRates() {
    return new DecisionRates(
        optional(falseAlarms), optional(falseDiscoveries), optional(falsePositivePixels));
  }

  private static OptionalDouble optional(Double rate) {
    return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }
}
