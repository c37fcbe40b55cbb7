package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.kmeans.RowGroups;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.linalg.NativeMatrix;
import java.util.List;

/**
 * The smallest bounding ball of each group of rows around the group's mean: it shows from one
 * distance that none of the rows can be near.
 */
final class BoundingBalls implements AutoCloseable {
  /** Covers the roundings of a radius in float64. */
  private static final double RADIUS_SLACK = 1 + 1e-9;

  private final NativeMatrix centres;
  private final double[] squaredNorms;
  private final double[] radii;

  /** Bounding balls of groups of centred rows. */
  BoundingBalls(MemoryBank bank, Centre centre, RowGroups groups) {
    int dimension = bank.dimension();
    squaredNorms = new double[groups.count()];
    radii = new double[groups.count()];
    float[] means = new float[groups.count() * dimension];
    for (int group = 0; group < groups.count(); group++) {
      int size = groups.size(group);
      float[] rows = centre.centred(bank, groups.rowAt(), groups.start(group), size);
      mean(rows, size, means, group * dimension);
      squaredNorms[group] = Centre.squaredNorm(means, group, dimension);
      radii[group] = radius(rows, size, means, group * dimension) * RADIUS_SLACK;
    }
    centres = NativeMatrix.copyOf(List.of(means), groups.count(), dimension);
  }

  private static void mean(float[] rows, int count, float[] means, int at) {
    int dimension = rows.length / count;
    double[] sums = new double[dimension];
    for (int from = 0; from < rows.length; from += dimension) {
      for (int i = 0; i < dimension; i++) {
        sums[i] += rows[from + i];
      }
    }
    for (int i = 0; i < dimension; i++) {
      means[at + i] = (float) (sums[i] / count);
    }
  }

  private static double radius(float[] rows, int count, float[] means, int at) {
    int dimension = rows.length / count;
    double largest = 0;
    for (int from = 0; from < rows.length; from += dimension) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = (double) rows[from + i] - means[at + i];
        sum += difference * difference;
      }
      largest = Math.max(largest, sum);
    }
    return Math.sqrt(largest);
  }

  int count() {
    return radii.length;
  }

  /** Inner products of each query with each centre, {@code count x count()}. */
  float[] products(float[] queries, int count) {
    float[] products = new float[count * count()];
    centres.multiplyTransposed(queries, count, 0, count(), products);
    return products;
  }

  /** The squared length of a centre. */
  double squaredNorm(int group) {
    return squaredNorms[group];
  }

  double radius(int group) {
    return radii[group];
  }

  @Override
  public void close() {
    centres.close();
  }
}
