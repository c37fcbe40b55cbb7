package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.Map;

/**
 * What a run draws next to its tables.
 *
 * @param visualizations images to draw for a category, of each kind that the action draws; 0 for
 *     none
 */
public record OutputOptions(int visualizations) {
  /** Nothing is drawn. */
  public static final OutputOptions DEFAULT = new OutputOptions(0);

  /**
   * Checks the range.
   *
   * @param visualizations images of each kind for a category, at least 0
   * @throws InvalidInputException naming the option that is out of range
   */
  public OutputOptions {
    require(visualizations >= 0, "visualizations", visualizations, "0 or more");
  }

  /**
   * Every option by its name in {@code run.json}, which is older than the option's.
   *
   * @return the value by its name
   */
  public Map<String, Object> asMap() {
    return Map.of("pictures", visualizations);
  }
}
