package io.nightjar.score;

import java.util.Arrays;

/**
 * Gaussian smoothing of a map, as {@code scipy.ndimage.gaussian_filter} with its defaults:
 * separable, truncated at 4 standard deviations, edges mirrored with the edge pixel repeated
 * ({@code d c b a | a b c d | d c b a}), float64 weights and sums, float32 between the two passes.
 */
public final class GaussianSmoothing {
  private static final double TRUNCATE = 4.0;

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
    float[] values = map.values();
    float[] smoothed = new float[values.length];
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      for (int i = kernel.length - 1; i > 0; i--) {
        int above = mirror(y - i, height) * width;
        int below = mirror(y + i, height) * width;
        double weight = kernel[i];
        for (int x = 0; x < width; x++) {
          sums[x] += ((double) values[above + x] + (double) values[below + x]) * weight;
        }
      }
      int centre = y * width;
      for (int x = 0; x < width; x++) {
        smoothed[centre + x] = (float) (sums[x] + values[centre + x] * kernel[0]);
      }
    }
    return new AnomalyMap(smoothed, width, height);
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
        padded[x + radius] = values[offset + mirror(x, width)];
      }
      Arrays.fill(sums, 0);
      for (int i = radius; i > 0; i--) {
        int left = radius - i;
        int right = radius + i;
        double weight = kernel[i];
        for (int x = 0; x < width; x++) {
          sums[x] += (padded[left + x] + padded[right + x]) * weight;
        }
      }
      for (int x = 0; x < width; x++) {
        smoothed[offset + x] = (float) (sums[x] + padded[radius + x] * kernel[0]);
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
