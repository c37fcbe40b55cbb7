package io.nightjar.metric.result;

import java.io.Serializable;

/**
 * Metrics pooled over the pixels of all test images. Scores that share a bin of the histogram count
 * as tied; the bounds enclose the value for the scores themselves.
 *
 * @param pixels the number of pixels
 * @param positives the number of pixels inside of a defect
 * @param auprc step-wise average precision, the sum over thresholds of (R_i - R_(i-1)) P_i:
 *     scikit-learn's {@code average_precision_score}
 * @param auprcTrapezoid area under the precision-recall curve by the trapezoidal rule, from (recall
 *     0, precision 1): scikit-learn's {@code auc} of {@code precision_recall_curve}
 * @param auroc probability that a positive pixel scores higher than a negative one, ties counting
 *     half
 */
public record PixelMetrics(
    long pixels, long positives, Estimate auprc, Estimate auprcTrapezoid, Estimate auroc)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
