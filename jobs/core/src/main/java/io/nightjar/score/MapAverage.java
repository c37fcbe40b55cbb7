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
   * interpolates maps. Sums are float64, in the order of the maps.
   *
   * @param maps of one image, at least one; of equally large ones the first gives the size
   * @param scales what each is divided by, above 0
   */
  public static AnomalyMap of(List<AnomalyMap> maps, double[] scales) {
    if (maps.isEmpty() || maps.size() != scales.length) {
      throw new IllegalArgumentException(
          Text.format("%d maps cannot be divided by %d scales", maps.size(), scales.length));
    }
    AnomalyMap largest =
        maps.stream()
            .max(Comparator.comparingInt(map -> map.values().length))
            .filter(map -> map.values().length > maps.get(0).values().length)
            .orElse(maps.get(0));
    double[] sums = new double[largest.values().length];
    for (int i = 0; i < maps.size(); i++) {
      AnomalyMap map = maps.get(i);
      boolean fits = map.width() == largest.width() && map.height() == largest.height();
      float[] values =
          (fits ? map : Upsampling.full(map, largest.width(), largest.height())).values();
      for (int at = 0; at < sums.length; at++) {
        sums[at] += values[at] / scales[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int at = 0; at < mean.length; at++) {
      mean[at] = (float) (sums[at] / maps.size());
    }
    return new AnomalyMap(mean, largest.width(), largest.height());
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
