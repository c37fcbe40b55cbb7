package io.nightjar.metric.exact;

import java.io.Serializable;

/**
 * The contribution of one range of scores to the exact metrics.
 *
 * @param step the sum over its positives of the precision at their scores
 * @param trapezoid the same with the mean of that precision and the one before
 * @param pairs how many pairs of a higher positive and a negative have their negative in the range,
 *     ties counting half
 */
public record ExactPart(ExactRange range, double step, double trapezoid, double pairs)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
