package io.nightjar.metric.decision;

import java.util.Arrays;

/**
 * The selection of Benjamini and Hochberg: as many images of a run as possible, so that the
 * expected fraction of normal ones among them is at most a rate. Conformal p-values that share
 * calibration scores depend on one another in the way that it allows for (Bates et al., Annals of
 * Statistics 51, 2023).
 */
public final class FalseDiscoveries {
  private FalseDiscoveries() {}

  /**
   * Selects images.
   *
   * @param pValues of all images of a run
   * @param rate expected fraction of normal images among the selected, in (0, 1)
   * @return whether each is selected: those whose p-value is at most that of the last one in
   *     ascending order, counted as k of m, that is at most {@code k * rate / m}
   */
  public static boolean[] select(double[] pValues, double rate) {
    double[] ascending = pValues.clone();
    Arrays.sort(ascending);
    double limit = Double.NEGATIVE_INFINITY;
    for (int k = ascending.length; k > 0; k--) {
      if (ConformalScores.isWithin(ascending[k - 1], rate * k / ascending.length)) {
        limit = ascending[k - 1];
        break;
      }
    }
    boolean[] selected = new boolean[pValues.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = pValues[i] <= limit;
    }
    return selected;
  }
}
