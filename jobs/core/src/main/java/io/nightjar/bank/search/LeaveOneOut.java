package io.nightjar.bank.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The distances of a bank's own rows from the nearest rows of other images.
 *
 * <p>The rows of several images are searched together for a few nearest rows, since a search shares
 * its work among its queries. The first of these that is of another image is the nearest one that
 * is; rows whose nearest are all of their own image are searched again without it. The distances
 * are those of {@link NearestSearch#nearestOutside}, bit for bit, where the search is exact.
 */
public final class LeaveOneOut {
  /** Rows that are searched together. */
  private static final int QUERIES = 8192;

  /** A row itself and, of real images, hardly ever more than two others of its own image. */
  private static final int OWN = 3;

  private LeaveOneOut() {}

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
    List<float[]> distances = new ArrayList<>();
    List<RowRange> together = new ArrayList<>();
    int rows = 0;
    for (RowRange image : images) {
      if (!together.isEmpty() && rows + image.size() > QUERIES) {
        search(search, together, rows, k, distances);
        together.clear();
        rows = 0;
      }
      together.add(image);
      rows += image.size();
    }
    if (!together.isEmpty()) {
      search(search, together, rows, k, distances);
    }
    return distances;
  }

  private static void search(
      NearestSearch search, List<RowRange> images, int rows, int k, List<float[]> distances) {
    MemoryBank bank = search.bank();
    float[] queries = new float[rows * bank.dimension()];
    int at = 0;
    for (RowRange image : images) {
      float[] own = bank.copyOf(image);
      System.arraycopy(own, 0, queries, at, own.length);
      at += own.length;
    }
    Neighbours nearest = search.nearest(queries, rows, Math.min(OWN + k, bank.rows()));
    int first = 0;
    for (RowRange image : images) {
      distances.add(outside(search, image, k, nearest, first, queries));
      first += image.size();
    }
  }

  /**
   * @param first of the image's rows among the queries
   */
  private static float[] outside(
      NearestSearch search, RowRange image, int k, Neighbours nearest, int first, float[] queries) {
    float[] distances = new float[image.size()];
    List<Integer> open = new ArrayList<>();
    for (int row = 0; row < distances.length; row++) {
      distances[row] = meanOutside(nearest, first + row, image, k);
      if (Float.isNaN(distances[row])) {
        open.add(row);
      }
    }
    if (!open.isEmpty()) {
      int dimension = search.bank().dimension();
      float[] again = new float[open.size() * dimension];
      for (int i = 0; i < open.size(); i++) {
        System.arraycopy(
            queries, (first + open.get(i)) * dimension, again, i * dimension, dimension);
      }
      float[] found = search.nearestOutside(again, open.size(), k, image).meanDistances();
      for (int i = 0; i < found.length; i++) {
        distances[open.get(i)] = found[i];
      }
    }
    return distances;
  }

  /** Summed as {@link Neighbours#meanDistances()} does; NaN where fewer than k are outside. */
  private static float meanOutside(Neighbours nearest, int query, RowRange image, int k) {
    double sum = 0;
    int found = 0;
    for (int at = query * nearest.k(); at < (query + 1) * nearest.k() && found < k; at++) {
      if (!image.holds(nearest.rows()[at])) {
        sum += Math.sqrt(nearest.squaredDistances()[at]);
        found++;
      }
    }
    return found < k ? Float.NaN : (float) (sum / k);
  }
}
