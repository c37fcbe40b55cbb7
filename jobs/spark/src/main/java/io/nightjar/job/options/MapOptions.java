package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.Map;

/**
 * How distances become an anomaly map.
 *
 * @param smoothing Gaussian sigma in pixels of the network's input, scaled with the map; 0 for
 *     none, at most 1000
 */
public record MapOptions(double smoothing) {
  /** No smoothing. */
  public static final MapOptions DEFAULT = new MapOptions(0);

  /**
   * Checks the range.
   *
   * @param smoothing Gaussian sigma in pixels of the network's input, 0 to 1000
   * @throws InvalidInputException naming the option that is out of range
   */
  public MapOptions {
    require(smoothing >= 0 && smoothing <= 1000, "smoothing", smoothing, "0 to 1000 pixels");
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return the value by its name
   */
  public Map<String, Object> asMap() {
    return Map.of("smoothing", smoothing);
  }
}
