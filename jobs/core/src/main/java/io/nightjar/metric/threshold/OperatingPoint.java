package io.nightjar.metric.threshold;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.metric.result.Estimate;
import java.io.Serializable;

/**
 * Precision TP / (TP + FP) and recall TP / (TP + FN) of the pixels at a threshold. Where the
 * threshold is inside a bin of the histogram, the value excludes the bin; the bounds are valid
 * either way.
 *
 * @param threshold pixels at or above it count as defective
 */
public record OperatingPoint(float threshold, Estimate precision, Estimate recall)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Precision and recall at a threshold. */
  public static OperatingPoint at(BinCounts counts, float threshold) {
    int key = ScoreBits.key(threshold);
    int shift = counts.shift();
    long[] above = new long[2];
    long[] inside = new long[2];
    long[] total = new long[1];
    counts.descending(
        (lowest, positives, negatives) -> {
          int start = ScoreBits.key(lowest);
          total[0] += positives;
          long[] into = null;
          if (Integer.compareUnsigned(start, key) >= 0) {
            into = above;
          } else if (start >>> shift == key >>> shift) {
            into = inside;
          }
          if (into != null) {
            into[0] += positives;
            into[1] += negatives;
          }
        });
    return new OperatingPoint(threshold, precision(above, inside), recall(above, inside, total[0]));
  }

  private static Estimate precision(long[] above, long[] inside) {
    double found = (double) above[0];
    double called = found + above[1];
    if (called == 0) {
      return new Estimate.Undefined(
          inside[0] + inside[1] == 0
              ? "No pixel scores at or above the threshold"
              : "All pixels near the threshold share its bin of the histogram");
    }
    return new Estimate.Known(
        found / called, found / (called + inside[1]), (found + inside[0]) / (called + inside[0]));
  }

  private static Estimate recall(long[] above, long[] inside, long total) {
    if (total == 0) {
      return new Estimate.Undefined("No pixel lies inside of a defect");
    }
    double value = (double) above[0] / total;
    return new Estimate.Known(value, value, (double) (above[0] + inside[0]) / total);
  }
}
