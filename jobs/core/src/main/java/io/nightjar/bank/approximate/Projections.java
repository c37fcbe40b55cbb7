package io.nightjar.bank.approximate;

import java.io.Serializable;

/**
 * Which bucket of each random direction a vector falls into, as MLlib's BucketedRandomProjectionLSH
 * has it: floor(x · v / w). Summed in float64 vector by vector: matrix products would make the
 * bucket of a vector near a border depend on its neighbours in the batch.
 */
public final class Projections implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] directions;
  private final double width;

  /**
   * Projects onto the directions, with buckets of one width.
   *
   * @param directions unit vectors, {@code [count][dimension]}; not copied
   * @param width of a bucket in units of distance, above 0
   */
  public Projections(double[][] directions, double width) {
    this.directions = directions;
    this.width = width;
  }

  int count() {
    return directions.length;
  }

  /**
   * Writes the bucket of the vector that starts at {@code from}, for each direction.
   *
   * @param vectors one or more vectors, one after another
   * @param from where the vector starts within {@code vectors}
   * @param buckets takes one number for each direction; at least as long as there are directions
   */
  public void buckets(float[] vectors, int from, long[] buckets) {
    for (int i = 0; i < directions.length; i++) {
      double[] direction = directions[i];
      double sum = 0;
      for (int j = 0; j < direction.length; j++) {
        sum += direction[j] * vectors[from + j];
      }
      buckets[i] = (long) Math.floor(sum / width);
    }
  }
}
