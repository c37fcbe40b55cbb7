package io.nightjar.metric.compare;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction: the probability that any true hypothesis of a family is rejected
 * stays at the level, whatever their dependence (Holm, Scandinavian Journal of Statistics 6, 1979).
 */
public final class Holm {
  private Holm() {}

  /**
   * Adjusted p-values: a hypothesis is rejected at a level where its own is at most that.
   *
   * @param p the p-values of a family, each from 0 to 1
   * @return in the same order: the largest of (m - j + 1) p_(j) over all j up to its rank, at most
   *     1
   */
  public static double[] adjusted(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}
