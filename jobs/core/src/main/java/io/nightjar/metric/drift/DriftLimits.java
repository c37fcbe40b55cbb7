package io.nightjar.metric.drift;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;

/**
 * The limits above which a run counts as drifted.
 *
 * @param psi the largest population stability index that is not drift, above 0
 * @param alpha the false alarm rate of each of the two tests on runs without a change, in (0, 1)
 */
public record DriftLimits(double psi, double alpha) {

  /** The defaults: an index of 0.2, a false alarm rate of 0.01. */
  public static final DriftLimits DEFAULT = new DriftLimits(0.2, 0.01);

  /**
   * Checks the ranges.
   *
   * @param psi the largest population stability index that is not drift, above 0
   * @param alpha the false alarm rate of each of the two tests on runs without a change, in (0, 1)
   * @throws InvalidInputException naming the limit that is out of range
   */
  public DriftLimits {
    if (!(psi > 0) || Double.isInfinite(psi)) {
      throw new InvalidInputException(
          Text.format("The option --psi-limit is %s; it must be above 0.", psi));
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new InvalidInputException(
          Text.format("The option --ks-alpha is %s; it must be above 0 and below 1.", alpha));
    }
  }
}
