package io.nightjar.metric.drift;

/**
 * How far the scores of a run are from those of the reference.
 *
 * @param images of the run
 * @param median their median score
 * @param psi the population stability index
 * @param psiLimit the limit that it was compared with: the requested one or, with few images, the
 *     value that chance alone reaches
 * @param ks the test of Kolmogorov and Smirnov
 * @param drifted whether the index is above its limit, or the test's p-value below alpha
 */
public record ScoreDrift(
    int images,
    double median,
    PopulationStability psi,
    double psiLimit,
    KolmogorovSmirnov ks,
    boolean drifted) {

  /**
   * Compares a run with its reference.
   *
   * @param reference the scores that are compared with
   * @param run the scores of one run, of the same kind
   * @param limits above which the run counts as drifted
   * @return both measures, and whether one of them is beyond its limit
   */
  public static ScoreDrift between(
      ScoreDistribution reference, ScoreDistribution run, DriftLimits limits) {
    PopulationStability psi = PopulationStability.between(reference, run, limits.alpha());
    KolmogorovSmirnov ks = KolmogorovSmirnov.between(reference, run);
    double psiLimit = Math.max(limits.psi(), psi.noise());
    return new ScoreDrift(
        run.images(),
        run.median(),
        psi,
        psiLimit,
        ks,
        psi.value() > psiLimit || ks.pValue() < limits.alpha());
  }
}
