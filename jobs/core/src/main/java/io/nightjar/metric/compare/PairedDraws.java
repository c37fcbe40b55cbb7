package io.nightjar.metric.compare;

import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Resamples of test images for a paired, stratified bootstrap: good and defective units are drawn
 * with replacement, each in their own number. A unit is an image, or where the data set says which
 * images show one item, all images of an item, since these are not independent of each other.
 *
 * @param weights how often each image is drawn, by resample and image
 * @param defective how many units show a defect
 * @param good how many do not
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record PairedDraws(int[][] weights, int defective, int good) {

  /**
   * Draws resamples.
   *
   * @param images in the order of the pairs
   * @param resamples how many
   * @param seed of the draws
   * @param name of the category, so that no two categories have the same draws
   * @return the same draws for the same arguments
   */
  public static PairedDraws draw(List<SampleImage> images, int resamples, long seed, String name) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int[] unitOf = new int[images.size()];
    for (int i = 0; i < unitOf.length; i++) {
      unitOf[i] =
          numbers.computeIfAbsent(ResampledFigures.unit(images.get(i)), unit -> numbers.size());
    }
    boolean[] defective = new boolean[numbers.size()];
    for (int i = 0; i < unitOf.length; i++) {
      defective[unitOf[i]] |= images.get(i).defective();
    }
    int[] defectiveUnits = unitsOf(defective, true);
    int[] goodUnits = unitsOf(defective, false);
    SplittableRandom random = new SplittableRandom(31 * seed + name.hashCode());
    int[][] weights = new int[resamples][unitOf.length];
    int[] drawn = new int[defective.length];
    for (int[] weight : weights) {
      Arrays.fill(drawn, 0);
      draw(defectiveUnits, random, drawn);
      draw(goodUnits, random, drawn);
      for (int i = 0; i < unitOf.length; i++) {
        weight[i] = drawn[unitOf[i]];
      }
    }
    return new PairedDraws(weights, defectiveUnits.length, goodUnits.length);
  }

  /**
   * What is drawn in each resample.
   *
   * @return good and defective units are strata of their own, as far as there are any
   */
  public DrawnUnits units() {
    return new DrawnUnits(defective + good, (defective > 0 ? 1 : 0) + (good > 0 ? 1 : 0));
  }

  private static int[] unitsOf(boolean[] defective, boolean label) {
    return IntStream.range(0, defective.length).filter(unit -> defective[unit] == label).toArray();
  }

  private static void draw(int[] units, SplittableRandom random, int[] drawn) {
    for (int i = 0; i < units.length; i++) {
      drawn[units[random.nextInt(units.length)]]++;
    }
  }
}
