package io.nightjar.score;

import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The mean of several anomaly maps of one image, each divided by a scale: an ensemble of methods
 * whose scores have different units.
 */
public final class MapAverage {
  private MapAverage() {}

  /**
   * The mean at the size of the largest map; smaller ones are interpolated to it as an evaluation
   * interpolates maps.
   *
   * @param maps of one image, at least one; of equally large ones the widest gives the size
   * @param scales what each is divided by, above 0
   */
  public static AnomalyMap of(List<AnomalyMap> maps, double[] scales) {
    requireScales(maps.size(), scales);
    AnomalyMap largest =
        maps.stream()
            .max(
                Comparator.comparingInt((AnomalyMap map) -> map.values().length)
                    .thenComparingInt(AnomalyMap::width))
            .orElseThrow();
    return mean(
        maps.stream()
            .map(
                map ->
                    map.width() == largest.width() && map.height() == largest.height()
                        ? map
                        : Upsampling.full(map, largest.width(), largest.height()))
            .toList(),
        scales);
  }

  /**
   * The mean of maps of one size. The divided scores of a place are summed in float64 from the
   * smallest up, so that the order of the maps changes nothing.
   *
   * @param maps of one image, at least one
   * @param scales what each is divided by, above 0
   */
  static AnomalyMap mean(List<AnomalyMap> maps, double[] scales) {
    requireScales(maps.size(), scales);
    AnomalyMap first = maps.get(0);
    float[] mean = new float[first.values().length];
    double[] divided = new double[scales.length];
    for (int at = 0; at < mean.length; at++) {
      for (int i = 0; i < divided.length; i++) {
        divided[i] = maps.get(i).values()[at] / scales[i];
      }
      Arrays.sort(divided);
      double sum = 0;
      for (double value : divided) {
        sum += value;
      }
      mean[at] = (float) (sum / divided.length);
    }
    return new AnomalyMap(mean, first.width(), first.height());
  }

  private static void requireScales(int maps, double[] scales) {
    if (maps == 0 || maps != scales.length) {
      throw new IllegalArgumentException(
          Text.format("%d maps cannot be divided by %d scales", maps, scales.length));
    }
  }

  /**
   * A quantile of a map's scores, interpolated linearly between the two nearest.
   *
   * @param quantile from 0, the smallest score, to 1, the largest
   * @return NaN where a score is NaN
   */
  public static double quantile(AnomalyMap map, double quantile) {
    float[] sorted = map.values().clone();
    // NaN sorts last.
    Arrays.sort(sorted);
    if (Float.isNaN(sorted[sorted.length - 1])) {
      return Double.NaN;
    }
    double at = quantile * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]);
  }

  /**
   * The median, with an even number of values the mean of the middle two.
   *
   * @param values at least one
   */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
