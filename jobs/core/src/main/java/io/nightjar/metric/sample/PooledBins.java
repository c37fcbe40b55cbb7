package io.nightjar.metric.sample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One kind of counts of several images in a block of bins, to be pooled for many resamples: the
 * product of a matrix, images by bins, with the number of times that each image was drawn. The
 * images are added one after the other, so that no sum depends on how many are added at a time.
 */
final class PooledBins {
  private static final int AT_ONCE = 4;

  private final int size;
  private final int[] images;

  /** An array for each image: loops over parts of one array are not vectorised. */
  private final double[][] rows;

  private PooledBins(int size, int[] images, double[][] rows) {
    this.size = size;
    this.images = images;
    this.rows = rows;
  }

  /**
   * The block of some images' counts.
   *
   * @param counts by image, each of all bins; none for an image that has no such counts
   * @param first bin of the block
   * @param size of the block in bins
   */
  static PooledBins of(List<double[]> counts, int first, int size) {
    int[] images =
        IntStream.range(0, counts.size())
            .filter(i -> counts.get(i).length > 0 && !isEmpty(counts.get(i), first, size))
            .toArray();
    double[][] rows =
        Arrays.stream(images)
            .mapToObj(i -> Arrays.copyOfRange(counts.get(i), first, first + size))
            .toArray(double[][]::new);
    return new PooledBins(size, images, rows);
  }

  private static boolean isEmpty(double[] all, int first, int size) {
    for (int bin = first; bin < first + size; bin++) {
      if (all[bin] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Pools the counts of a resample.
   *
   * @param draw how often each image is drawn
   * @param divisors what the counts of each image are divided by
   * @param pooled takes the sums, by bin of the block
   */
  void pool(int[] draw, double[] divisors, double[] pooled) {
    Arrays.fill(pooled, 0, size, 0);
    double[] factors = new double[AT_ONCE];
    double[][] drawn = new double[AT_ONCE][];
    int waiting = 0;
    for (int row = 0; row < rows.length; row++) {
      int image = images[row];
      if (draw[image] > 0) {
        factors[waiting] = draw[image] / divisors[image];
        drawn[waiting++] = rows[row];
        if (waiting == AT_ONCE) {
          addFour(pooled, factors, drawn);
          waiting = 0;
        }
      }
    }
    for (int i = 0; i < waiting; i++) {
      addOne(pooled, factors[i], drawn[i]);
    }
  }

  /** Reads and writes the sums once for four images, from the first to the last. */
  private void addFour(double[] pooled, double[] factors, double[][] drawn) {
    double a = factors[0];
    double b = factors[1];
    double c = factors[2];
    double d = factors[3];
    double[] ofA = drawn[0];
    double[] ofB = drawn[1];
    double[] ofC = drawn[2];
    double[] ofD = drawn[3];
    for (int bin = 0; bin < size; bin++) {
      pooled[bin] = pooled[bin] + a * ofA[bin] + b * ofB[bin] + c * ofC[bin] + d * ofD[bin];
    }
  }

  private void addOne(double[] pooled, double factor, double[] row) {
    for (int bin = 0; bin < size; bin++) {
      pooled[bin] += factor * row[bin];
    }
  }
}
