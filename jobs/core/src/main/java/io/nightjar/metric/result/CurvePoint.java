package io.nightjar.metric.result;

import java.io.Serializable;

/**
 * A point of the curves: the rates of the pixels at or above a threshold.
 *
 * @param threshold a score, in the unit of the maps
 * @param recall TP / (TP + FN), over the pixels of all test images
 * @param precision TP / (TP + FP)
 * @param fpr FP / (FP + TN)
 * @param pro the fraction of each connected region of the ground truth that is found, averaged over
 *     regions
 */
public record CurvePoint(double threshold, double recall, double precision, double fpr, double pro)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
