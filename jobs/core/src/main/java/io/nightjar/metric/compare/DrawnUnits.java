package io.nightjar.metric.compare;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How many units a stratified bootstrap draws, which says by how much its resamples vary too
 * little.
 *
 * @param units in all strata
 * @param strata each of which is drawn in its own number
 */
public record DrawnUnits(int units, int strata) {
  /** Of nothing that is drawn. */
  public static final DrawnUnits NONE = new DrawnUnits(0, 0);

  /**
   * Those of two independent bootstraps, whose resamples are added.
   *
   * @param other those of the other bootstrap
   * @return the sums of units and of strata
   */
  public DrawnUnits and(DrawnUnits other) {
    return new DrawnUnits(units + other.units, strata + other.strata);
  }

  /**
   * By what factor the resampled differences are to be spread: √(n / (n − s)) · t(1 − α/2; n − s) /
   * z(1 − α/2), for n units in s strata. Drawing with replacement gives the variance of n units
   * divided by n in place of n − s (Rao and Wu 1988), and a variance that is estimated from few
   * units asks for Student's quantile (Hesterberg 2015, the expanded percentile interval).
   *
   * @param alpha level of the interval
   * @return at least 1; it tends to 1 with many units
   * @throws IllegalArgumentException if there are no more units than strata
   */
  public double spread(double alpha) {
    int freedom = units - strata;
    if (freedom < 1) {
      throw new IllegalArgumentException("the units of a stratum do not vary");
    }
    double quantile = 1 - alpha / 2;
    return Math.sqrt(units / (double) freedom)
        * new TDistribution(freedom).inverseCumulativeProbability(quantile)
        / new NormalDistribution().inverseCumulativeProbability(quantile);
  }
}
