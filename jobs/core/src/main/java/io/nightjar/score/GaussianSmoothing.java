package io.nightjar.score;

import java.util.Arrays;

/**
 * Gaussian smoothing of a map, as {@code scipy.ndimage.gaussian_filter} with its defaults:
 * separable, truncated at 4 standard deviations, edges mirrored with the edge pixel repeated
 * ({@code d c b a | a b c d | d c b a}), float64 weights and sums, float32 between the two passes.
 */
public final class GaussianSmoothing {
  private static final double TRUNCATE = 4.0;
  private static final int AT_ONCE = 4;

  private GaussianSmoothing() {}

  /**
   * The map smoothed along both axes.
   *
   * @param sigmaX standard deviation along a row, in pixels of this map, 0 for none
   * @param sigmaY standard deviation along a column, in pixels of this map, 0 for none
   */
  public static AnomalyMap smooth(AnomalyMap full, double sigmaX, double sigmaY) {
    requireSigma(sigmaX);
    requireSigma(sigmaY);
    AnomalyMap vertical = sigmaY == 0 ? full : alongColumns(full, kernel(sigmaY));
    return sigmaX == 0 ? vertical : alongRows(vertical, kernel(sigmaX));
  }

  private static void requireSigma(double sigma) {
    if (!(sigma >= 0) || sigma > Integer.MAX_VALUE / (2 * TRUNCATE)) {
      throw new IllegalArgumentException(
          "The standard deviation of the smoothing must be 0 or more pixels, not " + sigma);
    }
  }

  /** The centre and one half of the symmetric kernel: entry i is the weight at distance i. */
  private static double[] kernel(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int i = radius; i >= 0; i--) {
      weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    for (int i = 0; i <= radius; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static AnomalyMap alongColumns(AnomalyMap map, double[] kernel) {
    int width = map.width();
    int height = map.height();
    int radius = kernel.length - 1;
    float[] smoothed = new float[map.values().length];
    WideRows rows = new WideRows(map, radius);
    double[][] above = new double[radius + 1][];
    double[][] below = new double[radius + 1][];
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      for (int i = radius; i > 0; i--) {
        above[i] = rows.row(mirror(y - i, height));
        below[i] = rows.row(mirror(y + i, height));
      }
      Arrays.fill(sums, 0);
      int i = radius;
      for (; i >= AT_ONCE; i -= AT_ONCE) {
        addFour(sums, above, below, i, kernel);
      }
      for (; i > 0; i--) {
        addOne(sums, above[i], below[i], kernel[i]);
      }
      double[] centre = rows.row(y);
      for (int x = 0; x < width; x++) {
        smoothed[y * width + x] = (float) (sums[x] + centre[x] * kernel[0]);
      }
    }
    return new AnomalyMap(smoothed, width, height);
  }

  /** Reads and writes the sums once for four pairs of rows, from the farthest to the nearest. */
  private static void addFour(
      double[] sums, double[][] above, double[][] below, int farthest, double[] kernel) {
    double[] a4 = above[farthest];
    double[] a3 = above[farthest - 1];
    double[] a2 = above[farthest - 2];
    double[] a1 = above[farthest - 3];
    double[] b4 = below[farthest];
    double[] b3 = below[farthest - 1];
    double[] b2 = below[farthest - 2];
    double[] b1 = below[farthest - 3];
    double w4 = kernel[farthest];
    double w3 = kernel[farthest - 1];
    double w2 = kernel[farthest - 2];
    double w1 = kernel[farthest - 3];
    for (int x = 0; x < sums.length; x++) {
      sums[x] =
          sums[x]
              + (a4[x] + b4[x]) * w4
              + (a3[x] + b3[x]) * w3
              + (a2[x] + b2[x]) * w2
              + (a1[x] + b1[x]) * w1;
    }
  }

  private static void addOne(double[] sums, double[] above, double[] below, double weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (above[x] + below[x]) * weight;
    }
  }

  /**
   * The rows of a map in double precision, those within a distance of each other at once: loops
   * that convert are not vectorised.
   */
  private static final class WideRows {
    private final AnomalyMap map;
    private final double[][] kept;
    private final int[] keptRow;

    /**
     * @param radius rows are asked for within it of a row that moves down by one
     */
    WideRows(AnomalyMap map, int radius) {
      this.map = map;
      int count = (int) Math.min(map.height(), 2L * radius + 1);
      kept = new double[count][map.width()];
      keptRow = new int[count];
      Arrays.fill(keptRow, -1);
    }

    double[] row(int y) {
      int slot = y % kept.length;
      double[] row = kept[slot];
      if (keptRow[slot] != y) {
        int offset = y * row.length;
        for (int x = 0; x < row.length; x++) {
          row[x] = map.values()[offset + x];
        }
        keptRow[slot] = y;
      }
      return row;
    }
  }

  private static AnomalyMap alongRows(AnomalyMap map, double[] kernel) {
    int width = map.width();
    int radius = kernel.length - 1;
    float[] values = map.values();
    float[] smoothed = new float[values.length];
    double[] padded = new double[width + 2 * radius];
    double[] sums = new double[width];
    for (int y = 0; y < map.height(); y++) {
      int offset = y * width;
      for (int x = -radius; x < width + radius; x++) {
        padded[x + radius] = values[offset + (x >= 0 && x < width ? x : mirror(x, width))];
      }
      Arrays.fill(sums, 0);
      int i = radius;
      for (; i >= AT_ONCE; i -= AT_ONCE) {
        addFour(sums, padded, radius, i, kernel);
      }
      for (; i > 0; i--) {
        addOne(sums, padded, radius - i, radius + i, kernel[i]);
      }
      for (int x = 0; x < width; x++) {
        smoothed[offset + x] = (float) (sums[x] + padded[radius + x] * kernel[0]);
      }
    }
    return new AnomalyMap(smoothed, width, map.height());
  }

  /** Reads and writes the sums once for four pairs of pixels, from the farthest to the nearest. */
  private static void addFour(
      double[] sums, double[] padded, int centre, int farthest, double[] kernel) {
    int left = centre - farthest;
    int right = centre + farthest - 3;
    double w4 = kernel[farthest];
    double w3 = kernel[farthest - 1];
    double w2 = kernel[farthest - 2];
    double w1 = kernel[farthest - 3];
    for (int x = 0; x < sums.length; x++) {
      sums[x] =
          sums[x]
              + (padded[left + x] + padded[right + 3 + x]) * w4
              + (padded[left + 1 + x] + padded[right + 2 + x]) * w3
              + (padded[left + 2 + x] + padded[right + 1 + x]) * w2
              + (padded[left + 3 + x] + padded[right + x]) * w1;
    }
  }

  private static void addOne(double[] sums, double[] padded, int left, int right, double weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (padded[left + x] + padded[right + x]) * weight;
    }
  }

  /** The position inside {@code [0, length)} that a mirrored edge shows at {@code index}. */
  private static int mirror(int index, int length) {
    int folded = Math.floorMod(index, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
