package io.nightjar.bank.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The distances of the patches of a bank's own images from the nearest rows of other images.
 *
 * <p>The patches of several images are searched together for a few nearest rows, since a search
 * shares its work among its queries. The first of these that are of other images are the nearest
 * ones that are; patches whose nearest are of their own image are searched again without it. The
 * distances are those of {@link NearestSearch#nearestOutside}, bit for bit, where the search is
 * exact.
 */
public final class LeaveOneOut {
  /** Patches that are searched together. */
  private static final int QUERIES = 8192;

  /** A row itself and, of real images, hardly ever more than two others of its own image. */
  private static final int OWN = 3;

  private LeaveOneOut() {}

  /** An image, its rows in the bank, and the patches that are searched for. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Image(RowRange own, float[] values, int patches) {}

  /**
   * The distances of the rows of some images from the nearest row of other images.
   *
   * @param search of the bank
   * @param images the rows of each
   * @return a distance for each row of each image, in their order
   */
  public static List<float[]> distances(NearestSearch search, List<RowRange> images) {
    return distances(search, images, 1);
  }

  /**
   * The mean distances of the rows of some images from the k nearest rows of other images.
   *
   * @param search of the bank
   * @param images the rows of each
   * @param k neighbours, at least 1 and at most the rows of the others of any image
   * @return a distance for each row of each image, in their order
   */
  public static List<float[]> distances(NearestSearch search, List<RowRange> images, int k) {
    return distances(search, images, image -> search.bank().copyOf(images.get(image)), k);
  }

  /**
   * The mean distances of patches of images of which the bank keeps some, such as a coreset does.
   *
   * @param search of the bank
   * @param own the bank's rows of each image
   * @param patches of an image by its number, {@code patches x dimension} values, row by row
   * @param k neighbours, at least 1 and at most the rows of the others of any image
   * @return a distance for each patch of each image, in their order
   */
  public static List<float[]> distances(
      NearestSearch search, List<RowRange> own, IntFunction<float[]> patches, int k) {
    int dimension = search.bank().dimension();
    List<float[]> distances = new ArrayList<>();
    List<Image> together = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < own.size(); i++) {
      float[] values = patches.apply(i);
      Image image = new Image(own.get(i), values, values.length / dimension);
      if (!together.isEmpty() && rows + image.patches() > QUERIES) {
        search(search, together, rows, k, distances);
        together.clear();
        rows = 0;
      }
      together.add(image);
      rows += image.patches();
    }
    if (!together.isEmpty()) {
      search(search, together, rows, k, distances);
    }
    return distances;
  }

  private static void search(
      NearestSearch search, List<Image> images, int rows, int k, List<float[]> distances) {
    MemoryBank bank = search.bank();
    float[] queries = new float[rows * bank.dimension()];
    int at = 0;
    for (Image image : images) {
      System.arraycopy(image.values(), 0, queries, at, image.values().length);
      at += image.values().length;
    }
    Neighbours nearest = search.nearest(queries, rows, Math.min(OWN + k, bank.rows()));
    int first = 0;
    for (Image image : images) {
      distances.add(outside(search, image, k, nearest, first));
      first += image.patches();
    }
  }

  /**
   * @param first of the image's patches among the queries
   */
  private static float[] outside(
      NearestSearch search, Image image, int k, Neighbours nearest, int first) {
    float[] distances = new float[image.patches()];
    List<Integer> open = new ArrayList<>();
    for (int patch = 0; patch < distances.length; patch++) {
      distances[patch] = meanOutside(nearest, first + patch, image.own(), k);
      if (Float.isNaN(distances[patch])) {
        open.add(patch);
      }
    }
    if (!open.isEmpty()) {
      int dimension = search.bank().dimension();
      float[] again = new float[open.size() * dimension];
      for (int i = 0; i < open.size(); i++) {
        System.arraycopy(image.values(), open.get(i) * dimension, again, i * dimension, dimension);
      }
      float[] found = search.nearestOutside(again, open.size(), k, image.own()).meanDistances();
      for (int i = 0; i < found.length; i++) {
        distances[open.get(i)] = found[i];
      }
    }
    return distances;
  }

  /** Summed as {@link Neighbours#meanDistances()} does; NaN where fewer than k are outside. */
  private static float meanOutside(Neighbours nearest, int query, RowRange own, int k) {
    double sum = 0;
    int found = 0;
    for (int at = query * nearest.k(); at < (query + 1) * nearest.k() && found < k; at++) {
      if (!own.holds(nearest.rows()[at])) {
        sum += Math.sqrt(nearest.squaredDistances()[at]);
        found++;
      }
    }
    return found < k ? Float.NaN : (float) (sum / k);
  }
}
