package io.nightjar.bank.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The distances of a bank's own rows from the nearest row of other images.
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
  private static final int NEAREST = 4;

  private LeaveOneOut() {}

  /**
   * The distances of the rows of some images.
   *
   * @param search of the bank
   * @param images the rows of each
   * @return a distance for each row of each image, in their order
   */
  public static List<float[]> distances(NearestSearch search, List<RowRange> images) {
    return distances(search, images, image -> search.bank().copyOf(images.get(image)));
  }

  /**
   * The distances of patches of images of which the bank keeps some, such as a coreset, or none.
   *
   * @param search of the bank, which has rows of at least two images
   * @param own the bank's rows of each image
   * @param patches of an image by its number, {@code patches x dimension} values, row by row
   * @return a distance for each patch of each image, in their order
   */
  public static List<float[]> distances(
      NearestSearch search, List<RowRange> own, IntFunction<float[]> patches) {
    int dimension = search.bank().dimension();
    List<float[]> distances = new ArrayList<>();
    List<Image> together = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < own.size(); i++) {
      float[] values = patches.apply(i);
      Image image = new Image(own.get(i), values, values.length / dimension);
      if (!together.isEmpty() && rows + image.patches() > QUERIES) {
        search(search, together, rows, distances);
        together.clear();
        rows = 0;
      }
      together.add(image);
      rows += image.patches();
    }
    if (!together.isEmpty()) {
      search(search, together, rows, distances);
    }
    return distances;
  }

  /**
   * @param own rows of the bank
   * @param values of the patches that are searched for
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Image(RowRange own, float[] values, int patches) {}

  private static void search(
      NearestSearch search, List<Image> images, int rows, List<float[]> distances) {
    MemoryBank bank = search.bank();
    float[] queries = new float[rows * bank.dimension()];
    int at = 0;
    for (Image image : images) {
      System.arraycopy(image.values(), 0, queries, at, image.values().length);
      at += image.values().length;
    }
    Neighbours nearest = search.nearest(queries, rows, Math.min(NEAREST, bank.rows()));
    int first = 0;
    for (Image image : images) {
      distances.add(outside(search, image, nearest, first, queries));
      first += image.patches();
    }
  }

  /**
   * @param first of the image's patches among the queries
   */
  private static float[] outside(
      NearestSearch search, Image image, Neighbours nearest, int first, float[] queries) {
    float[] distances = new float[image.patches()];
    List<Integer> open = new ArrayList<>();
    for (int row = 0; row < distances.length; row++) {
      int at = firstOutside(nearest, first + row, image.own());
      if (at < 0) {
        open.add(row);
      } else {
        distances[row] = (float) Math.sqrt(nearest.squaredDistances()[at]);
      }
    }
    if (!open.isEmpty()) {
      int dimension = search.bank().dimension();
      float[] again = new float[open.size() * dimension];
      for (int i = 0; i < open.size(); i++) {
        System.arraycopy(
            queries, (first + open.get(i)) * dimension, again, i * dimension, dimension);
      }
      float[] found = search.nearestOutside(again, open.size(), 1, image.own()).meanDistances();
      for (int i = 0; i < found.length; i++) {
        distances[open.get(i)] = found[i];
      }
    }
    return distances;
  }

  private static int firstOutside(Neighbours nearest, int query, RowRange own) {
    for (int at = query * nearest.k(); at < (query + 1) * nearest.k(); at++) {
      if (!own.holds(nearest.rows()[at])) {
        return at;
      }
    }
    return -1;
  }
}
