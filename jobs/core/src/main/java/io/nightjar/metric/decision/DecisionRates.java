package io.nightjar.metric.decision;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How often normal images may be taken for anomalous; nothing is decided where no rate is stated.
 *
 * @param falseAlarms the fraction of normal images that may be called anomalous, in (0, 1)
 * @param falseDiscoveries the fraction of the selected images of a run that may be normal, in (0,
 *     1); empty where none are selected
 * @param falsePositivePixels the fraction of a normal image's pixels that may lie above the
 *     threshold, in (0, 1); empty where there is none
 */
public record DecisionRates(
    OptionalDouble falseAlarms,
    OptionalDouble falseDiscoveries,
    OptionalDouble falsePositivePixels) {

  /** Nothing is decided. */
  public static final DecisionRates NONE =
      new DecisionRates(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /** The option of {@link #falseAlarms}. */
  public static final String FALSE_ALARMS = "false-alarm-rate";

  /** The option of {@link #falseDiscoveries}. */
  public static final String FALSE_DISCOVERIES = "false-discovery-rate";

  /** The option of {@link #falsePositivePixels}. */
  public static final String FALSE_POSITIVE_PIXELS = "pixel-false-positive-rate";

  /**
   * Checks the ranges.
   *
   * @param falseAlarms the fraction of normal images that may be called anomalous, in (0, 1)
   * @param falseDiscoveries the fraction of the selected images of a run that may be normal, in (0,
   *     1); empty where none are selected
   * @param falsePositivePixels the fraction of a normal image's pixels that may lie above the
   *     threshold, in (0, 1); empty where there is none
   * @throws InvalidInputException naming the rate that is out of range, or is not asked for
   */
  public DecisionRates {
    require(FALSE_ALARMS, falseAlarms);
    require(FALSE_DISCOVERIES, falseDiscoveries);
    require(FALSE_POSITIVE_PIXELS, falsePositivePixels);
    if (falseAlarms.isEmpty()
        && (falseDiscoveries.isPresent() || falsePositivePixels.isPresent())) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s goes with --%s, which is not given; add that.",
              falseDiscoveries.isPresent() ? FALSE_DISCOVERIES : FALSE_POSITIVE_PIXELS,
              FALSE_ALARMS));
    }
  }

  private static void require(String option, OptionalDouble rate) {
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() < 1)) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s is %s; it must be above 0 and below 1.",
              option, rate.getAsDouble()));
    }
  }

  /**
   * Whether anything is to be decided.
   *
   * @return false if no rate is stated
   */
  public boolean isAsked() {
    return falseAlarms.isPresent();
  }

  /**
   * Refuses rates that calibration scores of so many images cannot promise: none below 1 / (n + 1).
   *
   * @param images the number of normal images, n
   * @param bank names what they are the calibration of
   * @throws InvalidInputException naming the smallest possible rate
   */
  public void requirePossible(int images, String bank) {
    requirePossible(FALSE_ALARMS, falseAlarms, images, bank);
    requirePossible(FALSE_DISCOVERIES, falseDiscoveries, images, bank);
    requirePossible(FALSE_POSITIVE_PIXELS, falsePositivePixels, images, bank);
  }

  private static void requirePossible(String option, OptionalDouble rate, int images, String bank) {
    if (rate.isPresent() && !ConformalScores.isWithin(1.0 / (images + 1.0), rate.getAsDouble())) {
      // Rounded up, so that it can be given as it is written.
      double smallest = Math.ceil(1e6 / (images + 1.0)) / 1e6;
      throw new InvalidInputException(
          Text.format(
              "The option --%s is %s, but the %s of the bank %s can promise no rate below 1 in %d;"
                  + " give at least %s, or build the bank of more images.",
              option,
              rate.getAsDouble(),
              Text.counted(images, "calibration score", "calibration scores"),
              bank,
              images + 1,
              smallest));
    }
  }

  /**
   * Every rate by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order; those that are not stated are left out
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    falseAlarms.ifPresent(rate -> map.put("false_alarm_rate", rate));
    falseDiscoveries.ifPresent(rate -> map.put("false_discovery_rate", rate));
    falsePositivePixels.ifPresent(rate -> map.put("pixel_false_positive_rate", rate));
    return map;
  }
}
