package io.nightjar.metric.selection;

import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random halves of the test images of a category, stratified by kind of defect. Where the data set
 * says which images show one item, all images of an item are in the same half, since they are not
 * independent of each other. Of the odd units of strata, each half gets every other one, so that
 * the halves differ by at most one good and one defective unit.
 *
 * @param first by repetition and image, 1 where an image is in the first half, else 0
 * @param second the other half, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Halves(int[][] first, int[][] second) {

  /**
   * Draws halves.
   *
   * @param images of the category
   * @param repetitions how many pairs of halves, at least 1
   * @param seed of the draws
   * @param name of the category, so that no two categories have the same draws
   * @return the same halves for the same arguments
   */
  public static Halves draw(List<SampleImage> images, int repetitions, long seed, String name) {
    List<List<int[]>> good = strata(images, false);
    List<List<int[]>> defective = strata(images, true);
    Random random = new Random(31 * seed + name.hashCode());
    int[][] first = new int[repetitions][images.size()];
    int[][] second = new int[repetitions][images.size()];
    for (int i = 0; i < repetitions; i++) {
      split(good, random, first[i], second[i]);
      split(defective, random, first[i], second[i]);
    }
    return new Halves(first, second);
  }

  private static void split(List<List<int[]>> strata, Random random, int[] first, int[] second) {
    boolean oddIsFirst = random.nextBoolean();
    for (List<int[]> stratum : strata) {
      List<int[]> units = new ArrayList<>(stratum);
      Collections.shuffle(units, random);
      int half = units.size() / 2;
      if (units.size() % 2 == 1) {
        half += oddIsFirst ? 1 : 0;
        oddIsFirst = !oddIsFirst;
      }
      for (int i = 0; i < units.size(); i++) {
        for (int image : units.get(i)) {
          (i < half ? first : second)[image] = 1;
        }
      }
    }
  }

  /** The units of one label by kind of defect; a unit is the indexes of its images. */
  private static List<List<int[]>> strata(List<SampleImage> images, boolean label) {
    Map<String, List<Integer>> units = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      units.computeIfAbsent(ResampledFigures.unit(images.get(i)), u -> new ArrayList<>()).add(i);
    }
    Map<String, List<int[]>> strata = new TreeMap<>();
    for (List<Integer> unit : units.values()) {
      SampleImage typical =
          unit.stream()
              .map(images::get)
              .filter(SampleImage::defective)
              .findFirst()
              .orElse(images.get(unit.get(0)));
      if (typical.defective() == label) {
        strata
            .computeIfAbsent(typical.defect(), kind -> new ArrayList<>())
            .add(unit.stream().mapToInt(i -> i).toArray());
      }
    }
    return List.copyOf(strata.values());
  }
}
