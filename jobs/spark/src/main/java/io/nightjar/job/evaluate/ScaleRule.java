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
