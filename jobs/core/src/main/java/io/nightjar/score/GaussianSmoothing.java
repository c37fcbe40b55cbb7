package io.nightjar.score;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Gaussian smoothing of a map, as {@code scipy.ndimage.gaussian_filter} with its defaults:
 * separable, truncated at 4 standard deviations, edges mirrored with the edge pixel repeated
 * ({@code d c b a | a b c d | d c b a}), float64 weights and sums, float32 between the two passes.
 */
public final class GaussianSmoothing {
  private static final double TRUNCATE = 4.0;

  /** Rows that are smoothed together along themselves: what they take stays in the cache. */
  static final int STRIP = 128;

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

  static void requireSigma(double sigma) {
    if (!(sigma >= 0) || sigma > Integer.MAX_VALUE / (2 * TRUNCATE)) {
      throw new IllegalArgumentException(
          "The standard deviation of the smoothing must be 0 or more pixels, not " + sigma);
    }
  }

  /** The centre and one half of the symmetric kernel: entry i is the weight at distance i. */
  static double[] kernel(double sigma) {
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
    Columns columns = new Columns(kernel, width);
    for (int y = 0; y < height; y++) {
      columns.smooth(rows::row, y, height, smoothed, y * width);
    }
    return new AnomalyMap(smoothed, width, height);
  }

  /** Smooths along the columns, row by row. */
  static final class Columns {
    private final double[] kernel;
    private final double[][] above;
    private final double[][] below;
    private final double[] sums;

    /**
     * @param kernel as of {@link #kernel}
     * @param width of a row
     */
    Columns(double[] kernel, int width) {
      this.kernel = kernel;
      above = new double[kernel.length][];
      below = new double[kernel.length][];
      sums = new double[width];
    }

    /**
     * One row of the result.
     *
     * @param rows of the map, within the kernel's radius of this one or of an edge
     * @param y of the row
     * @param height of the map
     * @param smoothed receives it from an offset on
     */
    void smooth(IntFunction<double[]> rows, int y, int height, float[] smoothed, int offset) {
      int radius = kernel.length - 1;
      for (int i = radius; i > 0; i--) {
        above[i] = rows.apply(mirror(y - i, height));
        below[i] = rows.apply(mirror(y + i, height));
      }
      Arrays.fill(sums, 0);
      int i = radius;
      for (; i > 1; i -= 2) {
        addTwo(sums, above[i], below[i], kernel[i], above[i - 1], below[i - 1], kernel[i - 1]);
      }
      if (i == 1) {
        addOne(sums, above[1], below[1], kernel[1]);
      }
      double[] centre = rows.apply(y);
      for (int x = 0; x < sums.length; x++) {
        smoothed[offset + x] = (float) (sums[x] + centre[x] * kernel[0]);
      }
    }
  }

  /**
   * Reads and writes the sums once for two pairs of lines, the farther one first. Each is an array
   * of its own: loops over parts of one array are not vectorised, nor are those over many arrays.
   */
  private static void addTwo(
      double[] sums,
      double[] farBefore,
      double[] farAfter,
      double farWeight,
      double[] nearBefore,
      double[] nearAfter,
      double nearWeight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] =
          sums[x]
              + (farBefore[x] + farAfter[x]) * farWeight
              + (nearBefore[x] + nearAfter[x]) * nearWeight;
    }
  }

  private static void addOne(double[] sums, double[] before, double[] after, double weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (before[x] + after[x]) * weight;
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

  /** Strip by strip with rows and columns exchanged, since the loops over columns are fast. */
  static AnomalyMap alongRows(AnomalyMap map, double[] kernel) {
    int width = map.width();
    float[] smoothed = new float[map.values().length];
    for (int top = 0; top < map.height(); top += STRIP) {
      int rows = Math.min(STRIP, map.height() - top);
      float[] strip = new float[rows * width];
      for (int y = 0; y < rows; y++) {
        int offset = (top + y) * width;
        for (int x = 0; x < width; x++) {
          strip[x * rows + y] = map.values()[offset + x];
        }
      }
      float[] done = alongColumns(new AnomalyMap(strip, rows, width), kernel).values();
      for (int y = 0; y < rows; y++) {
        int offset = (top + y) * width;
        for (int x = 0; x < width; x++) {
          smoothed[offset + x] = done[x * rows + y];
        }
      }
    }
    return new AnomalyMap(smoothed, width, map.height());
  }

  /** The position inside {@code [0, length)} that a mirrored edge shows at {@code index}. */
  private static int mirror(int index, int length) {
    int folded = Math.floorMod(index, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
