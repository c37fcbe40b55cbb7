package io.nightjar.bank.coreset;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Farthest-first traversal (Gonzalez 1985), the greedy answer to the k-center problem: after a
 * first row, always the row farthest from those chosen so far, the lowest of equally far ones. Its
 * covering radius, the largest distance of a row from the nearest chosen one, is at most twice that
 * of any other k rows or points.
 *
 * <p>Distances are Euclidean, their squares summed in float64 in one fixed order. The rows chosen
 * are those of the plain algorithm, which compares every row with every new centre, at a fraction
 * of the work:
 *
 * <ul>
 *   <li>A row's distance to the nearest centre only shrinks, so its distance to the centres at an
 *       earlier time is an upper bound. Rows wait in a heap by that bound; only the one on top is
 *       updated, and it is the farthest once its bound is current. A row that is closer than the
 *       final radius is never looked at again.
 *   <li>A centre whose leading columns alone are farther away than the row's bound is skipped
 *       ({@link CentreSketches}), and the sum over the rest stops where it exceeds the bound.
 * </ul>
 *
 * <p>Memory in addition to the rows: 16 bytes a row and 68 a centre.
 */
final class FarthestFirst {
  /** Terms between two checks of a sum against the bound. */
  private static final int STRIDE = 16;

  /** Rows between two progress reports. */
  private static final int PROGRESS_INTERVAL = 256;

  private final float[] rows;
  private final int count;
  private final int dimension;
  private final IntConsumer progress;

  private final CentreSketches sketches;
  private final float[] sketchBounds = new float[CentreSketches.WIDTH];
  private final double[] bounds;
  // The number of centres that a row's bound accounts for.
  private final int[] seen;
  private int[] chosen;
  private int size;

  /**
   * The rows chosen.
   *
   * @param rows in the order in which they were chosen
   * @param radius the largest distance of any row from the nearest chosen one
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared or used as a key
  record Picks(int[] rows, double radius) {}

  private FarthestFirst(float[] rows, int count, int dimension, IntConsumer progress) {
    this.rows = rows;
    this.count = count;
    this.dimension = dimension;
    this.progress = progress;
    sketches = new CentreSketches(rows, count, dimension);
    bounds = new double[count];
    seen = new int[count];
  }

  /**
   * Chooses rows.
   *
   * @param rows {@code count x dimension} finite values, row by row; may be longer
   * @param k how many to choose, 1 to {@code count}; fewer are returned where all others equal one
   *     already chosen
   * @param first the row chosen first
   * @param progress called now and then with the number of rows chosen since the last call
   */
  static Picks select(
      float[] rows, int count, int dimension, int k, int first, IntConsumer progress) {
    return new FarthestFirst(rows, count, dimension, progress).select(k, first);
  }

  private Picks select(int k, int first) {
    chosen = new int[k];
    Arrays.fill(bounds, Double.POSITIVE_INFINITY);
    choose(first);
    for (int row = 0; row < count; row++) {
      update(row);
    }
    FarthestHeap waiting = new FarthestHeap(bounds, first);
    double radius = farthest(waiting);
    while (size < k && radius > 0) {
      choose(waiting.top());
      waiting.removeTop();
      radius = farthest(waiting);
    }
    progress.accept(size % PROGRESS_INTERVAL);
    return new Picks(Arrays.copyOf(chosen, size), Math.sqrt(radius));
  }

  private void choose(int row) {
    sketches.add(row);
    chosen[size++] = row;
    if (size % PROGRESS_INTERVAL == 0) {
      progress.accept(PROGRESS_INTERVAL);
    }
  }

  /** Moves the farthest row to the top, and returns its squared distance. */
  private double farthest(FarthestHeap waiting) {
    if (waiting.isEmpty()) {
      return 0;
    }
    for (int row = waiting.top(); seen[row] < size; row = waiting.top()) {
      update(row);
      waiting.topBecameSmaller();
    }
    return bounds[waiting.top()];
  }

  /** Updates a row's bound with the centres that it does not account for yet. */
  private void update(int row) {
    double bound = bounds[row];
    sketches.from(row);
    int centre = seen[row];
    while (centre < size) {
      int end = sketches.tileEnd(centre);
      sketches.bounds(centre, end, sketchBounds);
      bound = nearest(row, centre, end, bound);
      centre = end;
    }
    bounds[row] = bound;
    seen[row] = size;
  }

  private double nearest(int row, int start, int end, double bound) {
    int offset = start - start % CentreSketches.WIDTH;
    int likely = start;
    for (int centre = start + 1; centre < end; centre++) {
      if (sketchBounds[centre - offset] < sketchBounds[likely - offset]) {
        likely = centre;
      }
    }
    if (sketchBounds[likely - offset] > CentreSketches.limit(bound)) {
      return bound;
    }
    // The likely nearest first: the bound that it leaves rules out most of the others.
    double smallest = Math.min(bound, squaredDistance(row, chosen[likely], bound));
    float limit = CentreSketches.limit(smallest);
    for (int centre = start; centre < end; centre++) {
      if (sketchBounds[centre - offset] <= limit && centre != likely) {
        double squared = squaredDistance(row, chosen[centre], smallest);
        if (squared < smallest) {
          smallest = squared;
          limit = CentreSketches.limit(smallest);
        }
      }
    }
    return smallest;
  }

  /**
   * The squared distance of two rows, or any value of at least {@code enough} where it exceeds
   * that.
   */
  private double squaredDistance(int row, int other, double enough) {
    int a = row * dimension;
    int b = other * dimension;
    double sum = 0;
    for (int from = 0; from < dimension && sum < enough; from += STRIDE) {
      int to = Math.min(dimension, from + STRIDE);
      // Four sums, because each addition waits for the one before it.
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      int i = from;
      for (; i + 4 <= to; i += 4) {
        double d0 = (double) rows[a + i] - rows[b + i];
        double d1 = (double) rows[a + i + 1] - rows[b + i + 1];
        double d2 = (double) rows[a + i + 2] - rows[b + i + 2];
        double d3 = (double) rows[a + i + 3] - rows[b + i + 3];
        sum0 += d0 * d0;
        sum1 += d1 * d1;
        sum2 += d2 * d2;
        sum3 += d3 * d3;
      }
      for (; i < to; i++) {
        double d0 = (double) rows[a + i] - rows[b + i];
        sum0 += d0 * d0;
      }
      sum += (sum0 + sum1) + (sum2 + sum3);
    }
    return sum;
  }
}
