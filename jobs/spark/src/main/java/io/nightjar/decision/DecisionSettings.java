package io.nightjar.decision;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * What a task decides on images; sent with its function.
 *
 * @param falseAlarmRate of images; NaN where nothing is decided on them
 * @param pixelRate the fraction of a normal image's pixels at or above the threshold; NaN where
 *     that is not stated
 * @param regions whether they are found
 * @param pixelThreshold of regions; NaN where {@code pixelRate} gives it
 * @param rules what counts as one region
 */
public record DecisionSettings(
    double falseAlarmRate,
    double pixelRate,
    boolean regions,
    double pixelThreshold,
    RegionRules rules)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing is decided, and no regions are found. */
  public static final DecisionSettings NONE =
      new DecisionSettings(Double.NaN, Double.NaN, false, Double.NaN, RegionRules.DEFAULT);

  /** The same with other rates. */
  public DecisionSettings with(DecisionRates rates) {
    if (rates.falseDiscoveries().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "A table has no end, so that no images can be selected at a false discovery rate of"
                  + " %s; leave that out, and use FalseDiscoveries.select on the column p_value of"
                  + " the images that belong together.",
              rates.falseDiscoveries().getAsDouble()));
    }
    return new DecisionSettings(
        rates.falseAlarms().orElse(Double.NaN),
        rates.falsePositivePixels().orElse(Double.NaN),
        regions,
        pixelThreshold,
        rules);
  }

  /** The same with other regions. */
  public DecisionSettings with(RegionOptions options) {
    return new DecisionSettings(
        falseAlarmRate,
        pixelRate,
        options.asked(),
        options.threshold().orElse(Double.NaN),
        options.rules());
  }

  /** Whether images get p-values. */
  public boolean decides() {
    return !Double.isNaN(falseAlarmRate);
  }

  /** The rates again, for those who check them. */
  public DecisionRates rates() {
    return new DecisionRates(optional(falseAlarmRate), OptionalDouble.empty(), optional(pixelRate));
  }

  /** The options of regions again. */
  public RegionOptions regionOptions() {
    return new RegionOptions(regions, optional(pixelThreshold), rules);
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
