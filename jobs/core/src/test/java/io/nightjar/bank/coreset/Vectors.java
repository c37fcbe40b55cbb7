package io.nightjar.bank.coreset;

import java.util.Random;

/** Rows to choose from. */
public final class Vectors {
  private Vectors() {}

  public static float[] gaussian(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * dimension];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  /** Columns of falling variance, as principal components have them. */
  public static float[] principal(int count, int dimension, long seed) {
    float[] rows = gaussian(count, dimension, seed);
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= (float) (10 / Math.sqrt(1 + i % dimension));
    }
    return rows;
  }

  /** Tight clusters of very different sizes, far from each other, one after another. */
  public static float[] clustered(int count, int dimension, int clusters, long seed) {
    float[] rows = gaussian(count, dimension, seed);
    float[] centres = gaussian(clusters, dimension, seed + 1);
    for (int row = 0; row < count; row++) {
      double fraction = (double) row / count;
      int cluster = (int) (clusters * fraction * fraction);
      for (int i = 0; i < dimension; i++) {
        rows[row * dimension + i] =
            0.1f * rows[row * dimension + i] + 20 * centres[cluster * dimension + i];
      }
    }
    return rows;
  }

  /** Points of a small grid of whole numbers: many equal distances and many equal rows. */
  static float[] grid(int count, int dimension, int side, long seed) {
    Random random = new Random(seed);
    float[] rows = new float[count * dimension];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(side);
    }
    return rows;
  }
}
