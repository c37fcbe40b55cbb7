package io.nightjar.metric.result;

import java.util.OptionalDouble;

/**
 * The largest F1 = 2 TP / (2 TP + FP + FN) over all thresholds.
 *
 * @param f1 from 0 to 1; undefined with a reason, such as that nothing is defective
 * @param threshold scores at or above it count as defective; empty where there is no F1
 */
public record BestF1(Estimate f1, OptionalDouble threshold) {

  /**
   * No F1, for a reason in words.
   *
   * @param reason why there is none, in a few words
   * @return an undefined F1 without a threshold
   */
  public static BestF1 undefined(String reason) {
    return new BestF1(new Estimate.Undefined(reason), OptionalDouble.empty());
  }
}
