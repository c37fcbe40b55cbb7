package io.nightjar.metric.result;

/**
 * Areas under the saturated per-region overlap curve (Bergmann et al., "Beyond Dents and
 * Scratches", IJCV 2022), each divided by its limit.
 *
 * @param auSpro30 up to FPR 0.3
 * @param auSpro05 up to FPR 0.05
 */
public record SaturatedOverlap(Estimate auSpro30, Estimate auSpro05) {

  /**
   * Both are undefined for one reason.
   *
   * @param reason why there is none, in a few words
   * @return both areas undefined
   */
  public static SaturatedOverlap undefined(String reason) {
    Estimate undefined = new Estimate.Undefined(reason);
    return new SaturatedOverlap(undefined, undefined);
  }
}
