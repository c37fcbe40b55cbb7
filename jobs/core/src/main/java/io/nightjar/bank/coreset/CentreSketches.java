package io.nightjar.bank.coreset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The {@value #COLUMNS} columns of largest variance of the chosen rows, column by column, and lower
 * bounds on squared distances from them: usually these columns alone show that a centre is too far
 * away to matter.
 *
 * <p>Sums are taken in float32, column by column, in loops that the compiler turns into vector
 * instructions. A sum of 16 squared differences has a relative error of at most 19 u, u = 2^-24
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1; one rounding for the
 * difference, which the square doubles, one for the square, and one for each sum), and by less than
 * {@link Float#MIN_NORMAL} through underflow. {@link #limit} covers both.
 */
final class CentreSketches {
  static final int COLUMNS = 16;

  /** Centres of one tile: its columns and sums fit the first-level cache. */
  static final int WIDTH = 256;

  private static final double SLACK = 1 + 20 * 0x1p-24;

  private final float[] rows;
  private final int dimension;
  private final int[] columns;
  private final List<float[][]> tiles = new ArrayList<>();
  private final float[] point = new float[COLUMNS];
  private int size;

  /** Sketches without centres; centres will be rows of {@code rows}. */
  CentreSketches(float[] rows, int count, int dimension) {
    this.rows = rows;
    this.dimension = dimension;
    columns = widest(rows, count, dimension);
  }

  /** The columns of largest variance; where there are fewer, padded columns are all zeros. */
  private static int[] widest(float[] rows, int count, int dimension) {
    double[] sums = new double[dimension];
    double[] squares = new double[dimension];
    // Any choice of columns is correct; a sample finds a good one.
    int step = Math.max(1, count / 1024);
    int sampled = 0;
    for (int row = 0; row < count; row += step, sampled++) {
      for (int i = 0; i < dimension; i++) {
        double value = rows[row * dimension + i];
        sums[i] += value;
        squares[i] += value * value;
      }
    }
    double[] variances = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      variances[i] = squares[i] - sums[i] * sums[i] / sampled;
    }
    return IntStream.range(0, dimension)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -variances[i]))
        .limit(COLUMNS)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Adds a row as the next centre. */
  void add(int row) {
    int at = size % WIDTH;
    if (at == 0) {
      tiles.add(new float[COLUMNS][WIDTH]);
    }
    float[][] tile = tiles.get(tiles.size() - 1);
    for (int i = 0; i < columns.length; i++) {
      tile[i][at] = rows[row * dimension + columns[i]];
    }
    size++;
  }

  /** The first centre after {@code centre}'s tile, or the number of centres. */
  int tileEnd(int centre) {
    return Math.min(size, (centre / WIDTH + 1) * WIDTH);
  }

  /** Selects the row from which distances are measured. */
  void from(int row) {
    Arrays.fill(point, 0);
    for (int i = 0; i < columns.length; i++) {
      point[i] = rows[row * dimension + columns[i]];
    }
  }

  /**
   * Lower bounds on the squared distances to the centres {@code [centre, end)} of one tile, up to
   * rounding, into {@code bounds} from {@code centre % WIDTH} on.
   */
  void bounds(int centre, int end, float[] bounds) {
    float[][] tile = tiles.get(centre / WIDTH);
    int start = centre % WIDTH;
    int stop = start + end - centre;
    Arrays.fill(bounds, start, stop, 0);
    for (int i = 0; i < COLUMNS; i += 4) {
      addFour(
          bounds,
          start,
          stop,
          tile[i],
          tile[i + 1],
          tile[i + 2],
          tile[i + 3],
          point[i],
          point[i + 1],
          point[i + 2],
          point[i + 3]);
    }
  }

  /** A centre whose lower bound is above this is farther away than the root of {@code squared}. */
  static float limit(double squared) {
    return Math.nextUp((float) (squared * SLACK + Float.MIN_NORMAL));
  }

  private static void addFour(
      float[] sums,
      int start,
      int stop,
      float[] column0,
      float[] column1,
      float[] column2,
      float[] column3,
      float value0,
      float value1,
      float value2,
      float value3) {
    for (int j = start; j < stop; j++) {
      float d0 = column0[j] - value0;
      float d1 = column1[j] - value1;
      float d2 = column2[j] - value2;
      float d3 = column3[j] - value3;
      sums[j] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
    }
  }
}
