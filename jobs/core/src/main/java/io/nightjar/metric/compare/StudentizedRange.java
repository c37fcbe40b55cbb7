package io.nightjar.metric.compare;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The range of k independent standard normal numbers: the studentized range of known variance,
 * which Commons Math does not have.
 */
final class StudentizedRange {
  private static final int EVALUATIONS = 1_000_000;

  /** No standard normal number lies farther from 0, for every purpose. */
  private static final double FAR = 9;

  private StudentizedRange() {}

  /**
   * The probability that the range is at most q: k times the integral of φ(z) (Φ(z) - Φ(z -
   * q))^(k-1).
   */
  static double cumulative(double q, int k) {
    if (q <= 0) {
      return 0;
    }
    NormalDistribution normal = new NormalDistribution();
    UnivariateFunction integrand =
        z ->
            normal.density(z)
                * Math.pow(
                    normal.cumulativeProbability(z) - normal.cumulativeProbability(z - q), k - 1);
    return Math.min(
        1,
        k
            * new SimpsonIntegrator(1e-10, 1e-12, 6, 30)
                .integrate(EVALUATIONS, integrand, -FAR, FAR));
  }

  /** The range that is not exceeded with this probability, above 0 and below 1. */
  static double quantile(double probability, int k) {
    return new BrentSolver(1e-8).solve(1000, q -> cumulative(q, k) - probability, 1e-3, 2 * FAR);
  }
}
