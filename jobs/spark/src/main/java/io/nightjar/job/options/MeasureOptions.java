package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.dataset.MaskValues;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How anomaly maps are compared with masks, whatever program the maps come from.
 *
 * @param resolution side of the square that maps and masks are compared at, 1 to 16384; empty for
 *     each mask's own size
 * @param exactMetrics whether the pooled pixel metrics come from the scores themselves, not from
 *     bins
 * @param maskValues which values of masks mark a defect
 */
public record MeasureOptions(OptionalInt resolution, boolean exactMetrics, MaskValues maskValues) {
  /** At each mask's own size, from bins, with masks read by what they hold. */
  public static final MeasureOptions DEFAULT =
      new MeasureOptions(OptionalInt.empty(), false, MaskValues.AUTO);

  /** The value for each mask's own size. */
  public static final String ORIGINAL = "original";

  /**
   * Checks the range.
   *
   * @param resolution side of the square in pixels, 1 to 16384; empty for each mask's own size
   * @param exactMetrics true for the scores themselves, false for bins
   * @param maskValues which values of masks mark a defect
   * @throws InvalidInputException naming the option that is out of range
   */
  public MeasureOptions {
    int side = resolution.orElse(1);
    require(side >= 1 && side <= 16_384, "resolution", side, "\"original\" or 1 to 16384 pixels");
  }

  /**
   * These options with maps and masks compared at one size.
   *
   * @param side of the square in pixels, 1 to 16384
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public MeasureOptions withResolution(int side) {
    return new MeasureOptions(OptionalInt.of(side), exactMetrics, maskValues);
  }

  /**
   * These options with another source of the pooled pixel metrics.
   *
   * @param value true for the scores themselves, false for bins
   * @return the changed options
   */
  public MeasureOptions withExactMetrics(boolean value) {
    return new MeasureOptions(resolution, value, maskValues);
  }

  /**
   * These options with another choice of the values of masks.
   *
   * @param value which values mark a defect
   * @return the changed options
   */
  public MeasureOptions withMaskValues(MaskValues value) {
    return new MeasureOptions(resolution, exactMetrics, value);
  }

  /**
   * The resolution as the command line and {@code run.json} have it.
   *
   * @return {@link #ORIGINAL}, or the side in pixels
   */
  public String resolutionName() {
    return resolution.isPresent() ? Integer.toString(resolution.getAsInt()) : ORIGINAL;
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("resolution", resolutionName());
    map.put("exact_metrics", exactMetrics);
    map.put("mask_values", maskValues.id());
    return map;
  }
}
