package io.nightjar.bank.approximate;

import io.nightjar.bank.search.Neighbours;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Vectors for the tests, and their nearest rows by comparing all pairs in float64. */
public final class BruteForce {
  private BruteForce() {}

  /** Vectors about {@code clusters} seeded centres, whose variances fall by dimension. */
  public static float[] clustered(long seed, int count, int dimension, int clusters) {
    Random centres = new Random(7);
    float[] centre = new float[clusters * dimension];
    for (int i = 0; i < centre.length; i++) {
      centre[i] = (float) (10 / Math.sqrt(1.0 + i % dimension) * centres.nextGaussian());
    }
    Random random = new Random(seed);
    float[] values = new float[count * dimension];
    for (int row = 0; row < count; row++) {
      int own = random.nextInt(clusters);
      for (int i = 0; i < dimension; i++) {
        values[row * dimension + i] =
            (float) (centre[own * dimension + i] + 2 / Math.sqrt(1.0 + i) * random.nextGaussian());
      }
    }
    return values;
  }

  /** The k nearest rows of each query, the lower row first where distances are equal. */
  public static Neighbours nearest(float[] rows, float[] queries, int dimension, int k) {
    int count = queries.length / dimension;
    int[] found = new int[count * k];
    double[] distances = new double[count * k];
    for (int query = 0; query < count; query++) {
      double[] all = new double[rows.length / dimension];
      for (int row = 0; row < all.length; row++) {
        for (int i = 0; i < dimension; i++) {
          double difference = (double) queries[query * dimension + i] - rows[row * dimension + i];
          all[row] += difference * difference;
        }
      }
      int[] order =
          IntStream.range(0, all.length)
              .boxed()
              .sorted(Comparator.<Integer>comparingDouble(row -> all[row]).thenComparing(r -> r))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < k; i++) {
        found[query * k + i] = order[i];
        distances[query * k + i] = all[order[i]];
      }
    }
    return new Neighbours(k, found, distances);
  }

  /** The fraction of queries whose first neighbour is the very nearest row. */
  public static double recall(Neighbours found, Neighbours exact) {
    int queries = exact.rows().length / exact.k();
    int hits = 0;
    for (int query = 0; query < queries; query++) {
      if (found.rows()[query * found.k()] == exact.rows()[query * exact.k()]) {
        hits++;
      }
    }
    return (double) hits / queries;
  }
}
