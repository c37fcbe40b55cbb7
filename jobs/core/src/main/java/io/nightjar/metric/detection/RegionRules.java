package io.nightjar.metric.detection;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What counts as one region.
 *
 * @param minArea pixels at or above the threshold that a region has at least; smaller ones are left
 *     out
 * @param mergeWithin pixels below the threshold, along the longer side of the way between them,
 *     that may lie between two parts of one region; with 0 parts touch, at a corner at least
 */
public record RegionRules(long minArea, int mergeWithin) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every 8-connected region. */
  public static final RegionRules DEFAULT = new RegionRules(1, 0);

  /** The option of {@link #minArea}. */
  public static final String MIN_AREA = "min-area";

  /** The option of {@link #mergeWithin}. */
  public static final String MERGE_WITHIN = "merge-within";

  private static final int FARTHEST = 1000;

  /**
   * Checks the ranges.
   *
   * @param minArea pixels at or above the threshold that a region has at least, from 1
   * @param mergeWithin pixels that may lie between two parts of one region, 0 to 1000
   * @throws InvalidInputException naming the option that is out of range
   */
  public RegionRules {
    if (minArea < 1) {
      throw new InvalidInputException(
          Text.format("The option --%s is %d; it must be at least 1 pixel.", MIN_AREA, minArea));
    }
    if (mergeWithin < 0 || mergeWithin > FARTHEST) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s is %d; it must be 0 to %d pixels.",
              MERGE_WITHIN, mergeWithin, FARTHEST));
    }
  }

  /**
   * Both by their names in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("min_area", minArea);
    map.put("merge_within", mergeWithin);
    return map;
  }
}
