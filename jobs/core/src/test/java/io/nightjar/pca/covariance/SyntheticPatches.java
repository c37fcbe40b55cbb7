package io.nightjar.pca.covariance;

import java.util.Random;

/** Correlated, rectified random patches, and float64 statistics of them by plain loops. */
public final class SyntheticPatches {
  private SyntheticPatches() {}

  /** {@code max(0, mixture of hidden factors of falling strength + noise)}, row-major. */
  public static float[] correlated(int rows, int channels, int factors, long seed) {
    Random random = new Random(seed);
    double[] loadings = new double[factors * channels];
    for (int f = 0; f < factors; f++) {
      for (int i = 0; i < channels; i++) {
        loadings[f * channels + i] = random.nextGaussian() * Math.pow(0.7, f);
      }
    }
    float[] patches = new float[rows * channels];
    for (int row = 0; row < rows; row++) {
      double[] strengths = random.doubles(factors, -1, 1).toArray();
      for (int i = 0; i < channels; i++) {
        double value = 0.3 + 0.1 * random.nextGaussian();
        for (int f = 0; f < factors; f++) {
          value += strengths[f] * loadings[f * channels + i];
        }
        patches[row * channels + i] = (float) Math.max(0, value);
      }
    }
    return patches;
  }

  static double[] mean(float[] patches, int channels) {
    int rows = patches.length / channels;
    double[] mean = new double[channels];
    for (int i = 0; i < patches.length; i++) {
      mean[i % channels] += patches[i] / (double) rows;
    }
    return mean;
  }

  public static double[] covariance(float[] patches, int channels) {
    int rows = patches.length / channels;
    double[] mean = mean(patches, channels);
    double[] covariance = new double[channels * channels];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          covariance[i * channels + j] +=
              (patches[row * channels + i] - mean[i])
                  * (patches[row * channels + j] - mean[j])
                  / (rows - 1);
        }
      }
    }
    return covariance;
  }

  public static PartialCovariance partial(float[] patches, int channels) {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(channels);
    accumulator.add(patches, patches.length / channels);
    return accumulator.toPartial();
  }

  /**
   * An upper bound of the sine of the largest principal angle between the spans of two orthonormal
   * bases (row-major channels x count): the Frobenius norm of what the second leaves of the first.
   */
  public static double sineOfLargestAngle(double[] first, double[] second, int channels) {
    int count = first.length / channels;
    double[] inner = new double[count * count];
    for (int i = 0; i < channels; i++) {
      for (int a = 0; a < count; a++) {
        for (int b = 0; b < count; b++) {
          inner[b * count + a] += second[i * count + b] * first[i * count + a];
        }
      }
    }
    double squares = 0;
    for (int i = 0; i < channels; i++) {
      for (int a = 0; a < count; a++) {
        double rest = first[i * count + a];
        for (int b = 0; b < count; b++) {
          rest -= second[i * count + b] * inner[b * count + a];
        }
        squares += rest * rest;
      }
    }
    return Math.sqrt(squares);
  }
}
