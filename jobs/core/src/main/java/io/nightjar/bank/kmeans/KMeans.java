package io.nightjar.bank.kmeans;

import io.nightjar.linalg.Blas;
import java.util.Arrays;

/** Centres of groups of vectors, found by Lloyd's algorithm from the first vectors of a sample. */
final class KMeans {
  private final int dimension;
  private final int k;
  // Column j is centre j.
  private final float[] columns;
  private final float[] halfNorms;

  private KMeans(float[] centres, int k) {
    this.k = k;
    this.dimension = centres.length / k;
    columns = new float[centres.length];
    halfNorms = new float[k];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < dimension; i++) {
        columns[i * k + j] = centres[j * dimension + i];
      }
      halfNorms[j] = (float) (Centre.squaredNorm(centres, j, dimension) / 2);
    }
  }

  /**
   * Centres of a sample of vectors.
   *
   * @param sample at least {@code k} vectors in random order, row by row
   */
  static KMeans learn(float[] sample, int dimension, int k, int rounds) {
    int count = sample.length / dimension;
    float[] centres = Arrays.copyOf(sample, k * dimension);
    KMeans means = new KMeans(centres, k);
    int[] nearest = new int[count];
    for (int round = 0; round < rounds; round++) {
      means.assign(sample, count, nearest, 0);
      moveToMeans(centres, sample, dimension, nearest);
      means = new KMeans(centres, k);
    }
    return means;
  }

  /** A centre without rows stays where it is. */
  private static void moveToMeans(float[] centres, float[] sample, int dimension, int[] nearest) {
    double[] sums = new double[centres.length];
    int[] counts = new int[centres.length / dimension];
    for (int row = 0; row < nearest.length; row++) {
      counts[nearest[row]]++;
      for (int i = 0; i < dimension; i++) {
        sums[nearest[row] * dimension + i] += sample[row * dimension + i];
      }
    }
    for (int i = 0; i < centres.length; i++) {
      if (counts[i / dimension] > 0) {
        centres[i] = (float) (sums[i] / counts[i / dimension]);
      }
    }
  }

  /** Writes the number of each row's nearest centre, from {@code at} on. */
  void assign(float[] rows, int count, int[] nearest, int at) {
    float[] products = new float[count * k];
    Blas.multiply(rows, count, dimension, columns, k, products);
    for (int row = 0; row < count; row++) {
      int best = 0;
      float smallest = Float.POSITIVE_INFINITY;
      for (int j = 0; j < k; j++) {
        float key = halfNorms[j] - products[row * k + j];
        if (key < smallest) {
          smallest = key;
          best = j;
        }
      }
      nearest[at + row] = best;
    }
  }
}
