package io.nightjar.metric.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the level of a series changed: PELT (Killick, Fearnhead and Eckley, Optimal Detection of
 * Changepoints with a Linear Computational Cost, JASA 107, 2012), which finds the segments with the
 * smallest sum of {@code C(segment) + penalty}. {@code C} is the sum of squared deviations from the
 * segment's mean over the variance of the noise, the penalty {@code 3 ln n}.
 *
 * <p>The deviation of the noise is {@code 1.4826 / sqrt(2)} times the lower median of the absolute
 * differences of neighbours, which neither a change nor an outlier moves, times {@code 1 + 6 / (n -
 * 1)} for what such an estimate misses in short series. A series without noise, such as the figures
 * of runs that are identical to the bit, has the deviation {@code tolerance / (2 sqrt(penalty))}.
 * Of what is found, changes smaller than the tolerance are given up, the smallest first.
 */
public final class ChangePoints {
  /** Below this number of values no change can be distinguished from noise. */
  public static final int FEWEST = 3;

  private static final double PENALTY = 3;

  /** The deviation of a normal distribution over the median of its absolute values. */
  private static final double MEDIAN_TO_DEVIATION = 1.4826;

  private static final double SHORT = 6;
  private static final double SMALLEST_DEVIATION = 1e-9;

  private final double[] sums;
  private final double[] squares;
  private final double variance;
  private final double penalty;

  /**
   * A change of level.
   *
   * @param index of the first value of the new level
   * @param before the mean of the level before
   * @param after the mean of the new level
   */
  public record Change(int index, double before, double after) {
    /**
     * How much higher the new level is.
     *
     * @return below 0 where the new level is lower
     */
    public double by() {
      return after - before;
    }
  }

  private ChangePoints(double[] values, double variance, double penalty) {
    double origin = median(values.clone());
    sums = new double[values.length + 1];
    squares = new double[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      double value = values[i] - origin; // sums of what is nearly equal would lose digits
      sums[i + 1] = sums[i] + value;
      squares[i + 1] = squares[i] + value * value;
    }
    this.variance = variance;
    this.penalty = penalty;
  }

  /**
   * The changes of a series, in its order; none where it has fewer than {@link #FEWEST} values.
   *
   * @param values finite, in the order of time
   * @param tolerance the smallest change that matters, at least 0
   * @return changes of at least the tolerance
   */
  public static List<Change> of(double[] values, double tolerance) {
    int n = values.length;
    if (n < FEWEST) {
      return List.of();
    }
    double penalty = PENALTY * Math.log(n);
    double deviation =
        Math.max(
            noise(values) * (1 + SHORT / (n - 1)),
            Math.max(tolerance / (2 * Math.sqrt(penalty)), SMALLEST_DEVIATION));
    List<Integer> starts = segments(values, deviation, penalty);
    return changes(values, starts, tolerance);
  }

  /** The deviation of a series' noise, as {@link ChangePoints} defines it, without its factor. */
  static double noise(double[] values) {
    double[] differences = new double[values.length - 1];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = Math.abs(values[i + 1] - values[i]);
    }
    return MEDIAN_TO_DEVIATION / Math.sqrt(2) * median(differences);
  }

  /** The lower median; sorts what it is given. */
  private static double median(double[] values) {
    Arrays.sort(values);
    return values[(values.length - 1) / 2];
  }

  /**
   * The first values of all segments but the first, of the segments with the smallest sum of costs
   * and penalties.
   */
  static List<Integer> segments(double[] values, double deviation, double penalty) {
    return new ChangePoints(values, deviation * deviation, penalty).segments();
  }

  private List<Integer> segments() {
    int n = sums.length - 1;
    double[] best = new double[n + 1];
    int[] last = new int[n + 1];
    best[0] = -penalty;
    int[] candidates = new int[n + 1];
    int kept = 1; // the first candidate is 0
    double[] totals = new double[n + 1];
    for (int end = 1; end <= n; end++) {
      int chosen = 0;
      for (int i = 0; i < kept; i++) {
        totals[i] = best[candidates[i]] + cost(candidates[i], end);
        if (totals[i] < totals[chosen]) {
          chosen = i;
        }
      }
      best[end] = totals[chosen] + penalty;
      last[end] = candidates[chosen];
      int still = 0;
      for (int i = 0; i < kept; i++) {
        if (totals[i] <= best[end]) { // what is worse now stays worse
          candidates[still++] = candidates[i];
        }
      }
      candidates[still++] = end;
      kept = still;
    }
    List<Integer> starts = new ArrayList<>();
    for (int start = last[n]; start > 0; start = last[start]) {
      starts.add(0, start);
    }
    return starts;
  }

  private double cost(int from, int to) {
    double sum = sums[to] - sums[from];
    return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from)) / variance;
  }

  private static List<Change> changes(double[] values, List<Integer> found, double tolerance) {
    List<Integer> starts = new ArrayList<>(found);
    while (true) {
      List<Change> changes = new ArrayList<>();
      int smallest = 0;
      for (int i = 0; i < starts.size(); i++) {
        int before = i == 0 ? 0 : starts.get(i - 1);
        int after = i + 1 == starts.size() ? values.length : starts.get(i + 1);
        changes.add(
            new Change(
                starts.get(i),
                mean(values, before, starts.get(i)),
                mean(values, starts.get(i), after)));
        if (Math.abs(changes.get(i).by()) < Math.abs(changes.get(smallest).by())) {
          smallest = i;
        }
      }
      if (changes.isEmpty() || Math.abs(changes.get(smallest).by()) >= tolerance) {
        return changes;
      }
      starts.remove(smallest);
    }
  }

  private static double mean(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).sum() / (to - from);
  }
}
