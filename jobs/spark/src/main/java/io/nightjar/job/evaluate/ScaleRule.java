package io.nightjar.job.evaluate;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the maps of several methods are divided by before they are averaged.
 *
 * @param quantile of the scores of a normal image's map
 * @param folder of the maps of normal images, below that of a category; empty for the maps of the
 *     good test images
 * @param given one number for each method, for all categories; empty where they are found
 */
public record ScaleRule(double quantile, Optional<String> folder, List<Double> given) {

  /** The median over good test images of a quantile of their scores. */
  public static ScaleRule of(double quantile) {
    return new ScaleRule(quantile, Optional.empty(), List.of());
  }

  /** Copies the numbers. */
  public ScaleRule {
    given = List.copyOf(given);
  }

  /**
   * With another quantile.
   *
   * @throws InvalidInputException if it is out of range
   */
  public ScaleRule withQuantile(double value) {
    return new ScaleRule(requireQuantile(value), folder, given);
  }

  /**
   * Refuses a quantile that is out of range.
   *
   * @return the quantile
   * @throws InvalidInputException naming the option
   */
  public static double requireQuantile(double quantile) {
    if (!(quantile > 0 && quantile <= 1)) {
      throw new InvalidInputException(
          Text.format(
              "The option --scale-quantile is %s; it must be above 0 and at most 1.", quantile));
    }
    return quantile;
  }

  /** With the maps of other normal images than the good test images. */
  public ScaleRule withFolder(String place) {
    return new ScaleRule(quantile, Optional.of(place), given);
  }

  /** With numbers that are given. */
  public ScaleRule withGiven(List<Double> numbers) {
    return new ScaleRule(quantile, folder, numbers);
  }

  /**
   * Refuses given numbers that are not one for each method.
   *
   * @throws InvalidInputException naming the option
   */
  public void requireFits(int methods) {
    if (given.isEmpty()) {
      return;
    }
    if (folder.isPresent()) {
      throw new InvalidInputException(
          "The option --normal-maps says where scales are found, but --scales gives them; leave one"
              + " out.");
    }
    if (given.size() != methods) {
      throw new InvalidInputException(
          Text.format(
              "The option --scales has %s, but --maps names %s; give one number for each.",
              Text.counted(given.size(), "number", "numbers"),
              Text.counted(methods, "folder", "folders")));
    }
    for (double scale : given) {
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new InvalidInputException(
            Text.format("The option --scales has %s; every number must be above 0.", scale));
      }
    }
  }

  /** Every part of it by its name in {@code run.json}. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (given.isEmpty()) {
      map.put("scale_quantile", quantile);
      folder.ifPresent(of -> map.put("normal_maps", of));
    } else {
      map.put("scales", given);
    }
    return map;
  }
}
