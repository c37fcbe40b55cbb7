package io.nightjar.metric.detection;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Whether the regions of images that lie above a threshold are found.
 *
 * @param asked whether they are
 * @param threshold the score from which on a pixel belongs to a region; empty for the one that
 *     follows from {@link DecisionRates#falsePositivePixels}
 * @param rules what counts as one region
 */
public record RegionOptions(boolean asked, OptionalDouble threshold, RegionRules rules) {
  /** The option of {@link #threshold}. */
  public static final String THRESHOLD = "pixel-threshold";

  /** No regions. */
  public static final RegionOptions NONE =
      new RegionOptions(false, OptionalDouble.empty(), RegionRules.DEFAULT);

  /**
   * Checks the threshold.
   *
   * @param asked whether regions are found
   * @param threshold a positive, finite number, or empty
   * @param rules what counts as one region
   * @throws InvalidInputException if the threshold is out of range
   */
  public RegionOptions {
    if (threshold.isPresent()) {
      double value = threshold.getAsDouble();
      if (!(value > 0 && (float) value < Float.POSITIVE_INFINITY)) {
        throw new InvalidInputException(
            Text.format("The option --%s is %s; it must be above 0 and finite.", THRESHOLD, value));
      }
    }
  }

  /**
   * Refuses regions without a threshold, and one that is stated twice.
   *
   * @param rates that decisions keep to
   * @throws InvalidInputException naming the options
   */
  public void requireThreshold(DecisionRates rates) {
    boolean isByRate = rates.falsePositivePixels().isPresent();
    if (asked && threshold.isEmpty() && !isByRate) {
      throw new InvalidInputException(
          "The option --regions needs a threshold: add --pixel-threshold SCORE, or"
              + " --false-alarm-rate and --pixel-false-positive-rate for one that the bank's own"
              + " images give.");
    }
    if (asked && threshold.isPresent() && isByRate) {
      throw new InvalidInputException(
          "The options --pixel-threshold and --pixel-false-positive-rate each give the threshold of"
              + " --regions; leave one of the two out.");
    }
  }

  /**
   * The options that were given, by their names in {@code run.json}.
   *
   * @return nothing where no regions are asked for
   */
  public Map<String, Object> asMap() {
    Map<String, Object> given = new LinkedHashMap<>();
    if (asked) {
      given.put("regions", true);
      threshold.ifPresent(score -> given.put("pixel_threshold", score));
      given.putAll(rules.asMap());
    }
    return given;
  }
}
