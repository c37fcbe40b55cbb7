package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import io.nightjar.score.ImageScoreKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How distances become an anomaly map, and a map the score of its image.
 *
 * @param smoothing Gaussian sigma in pixels of the network's input, scaled with the map; 0 for
 *     none, at most 1000
 * @param imageScore which score of an image counts; all kinds are stored
 */
public record MapOptions(double smoothing, ImageScoreKind imageScore) {
  /** No smoothing, and the largest value of the map. */
  public static final MapOptions DEFAULT = new MapOptions(0);

  /**
   * Checks the range.
   *
   * @param smoothing Gaussian sigma in pixels of the network's input, 0 to 1000
   * @param imageScore which score of an image counts
   * @throws InvalidInputException naming the option that is out of range
   */
  public MapOptions {
    require(smoothing >= 0 && smoothing <= 1000, "smoothing", smoothing, "0 to 1000 pixels");
  }

  /**
   * Maps whose largest value is the score of their image.
   *
   * @param smoothing Gaussian sigma in pixels of the network's input, 0 to 1000
   * @throws InvalidInputException naming the option that is out of range
   */
  public MapOptions(double smoothing) {
    this(smoothing, ImageScoreKind.MAX);
  }

  /**
   * These options with another smoothing.
   *
   * @param sigma Gaussian sigma in pixels of the network's input, 0 to 1000
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public MapOptions withSmoothing(double sigma) {
    return new MapOptions(sigma, imageScore);
  }

  /**
   * These options with another kind of image score.
   *
   * @param kind which score of an image counts
   * @return the changed options
   */
  public MapOptions withImageScore(ImageScoreKind kind) {
    return new MapOptions(smoothing, kind);
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("smoothing", smoothing);
    map.put("image_score", imageScore.id());
    return map;
  }
}
