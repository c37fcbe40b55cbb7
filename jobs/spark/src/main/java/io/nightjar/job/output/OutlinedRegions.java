package io.nightjar.job.output;

import io.nightjar.metric.detection.AnomalyRegions;
import io.nightjar.metric.detection.RegionFinder;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.report.visualization.MaskView;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is outlined on a visualization of an unlabelled image: its regions above a threshold.
 *
 * @param threshold the score from which on a pixel belongs to a region; NaN where none are outlined
 * @param rules what counts as one region
 */
record OutlinedRegions(float threshold, RegionRules rules) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** None are outlined. */
  static final OutlinedRegions NONE = new OutlinedRegions(Float.NaN, RegionRules.DEFAULT);

  boolean isAsked() {
    return !Float.isNaN(threshold);
  }

  /** The regions of a map at the image's size. */
  MaskView of(float[] map, int width, int height) {
    RegionFinder finder = new RegionFinder(width, height, threshold, rules);
    for (int y = 0; y < height; y++) {
      finder.accept(y, Arrays.copyOfRange(map, y * width, (y + 1) * width));
    }
    AnomalyRegions found = finder.regions();
    boolean[][] rows = new boolean[height][width];
    for (int y = 0; y < height; y++) {
      found.row(y, rows[y]);
    }
    return new MaskView(width, height, (x, y) -> rows[y][x]);
  }
}
