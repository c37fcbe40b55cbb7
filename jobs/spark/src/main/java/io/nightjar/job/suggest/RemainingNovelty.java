package io.nightjar.job.suggest;

import java.util.List;

/**
 * The novelty that images would have were those that are chosen in the bank: the mean of the
 * distances of an image's highest patches, each from the nearest of the bank's rows and of all
 * patches of the chosen images. Choosing the highest again and again is farthest-first traversal
 * (Gonzalez, 1985) by that measure.
 */
final class RemainingNovelty {
  private final List<float[]> queries;
  private final double[][] distances;
  private final boolean[] chosen;
  private final int dimension;

  /**
   * Images of which none is chosen yet.
   *
   * @param queries the highest patches of each, row-major {@code [patches][dimension]}
   * @param distances of these from the bank
   */
  RemainingNovelty(List<float[]> queries, List<double[]> distances, int dimension) {
    this.queries = List.copyOf(queries);
    this.distances = distances.stream().map(double[]::clone).toArray(double[][]::new);
    this.chosen = new boolean[queries.size()];
    this.dimension = dimension;
  }

  /** What is left of an image's novelty. */
  double of(int image) {
    double sum = 0;
    for (double distance : distances[image]) {
      sum += distance;
    }
    return sum / distances[image].length;
  }

  /** The image with most left that is not chosen; the first of equal ones; -1 where all are. */
  int highest() {
    int highest = -1;
    for (int image = 0; image < chosen.length; image++) {
      if (!chosen[image] && (highest < 0 || of(image) > of(highest))) {
        highest = image;
      }
    }
    return highest;
  }

  /**
   * Chooses an image.
   *
   * @param patches all of its patches, row-major {@code [patches][dimension]}
   */
  void choose(int image, float[] patches) {
    chosen[image] = true;
    for (int other = 0; other < chosen.length; other++) {
      if (!chosen[other]) {
        for (int patch = 0; patch < distances[other].length; patch++) {
          distances[other][patch] =
              Math.min(distances[other][patch], nearest(queries.get(other), patch, patches));
        }
      }
    }
  }

  /** An image that cannot be chosen any more. */
  void leaveOut(int image) {
    chosen[image] = true;
  }

  private double nearest(float[] queries, int patch, float[] rows) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows.length; row += dimension) {
      double sum = 0;
      for (int i = 0; i < dimension && sum < nearest; i++) {
        double difference = (double) queries[patch * dimension + i] - (double) rows[row + i];
        sum += difference * difference;
      }
      nearest = Math.min(nearest, sum);
    }
    return Math.sqrt(nearest);
  }
}
