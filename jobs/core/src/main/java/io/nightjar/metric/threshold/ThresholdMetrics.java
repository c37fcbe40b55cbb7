package io.nightjar.metric.threshold;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.Estimate;
import java.util.OptionalDouble;

/**
 * Metrics at the best threshold. Candidates are the bins' lowest scores; a threshold inside a bin
 * would find some j of its p positives and m of its n negatives, which gives the bounds.
 */
public final class ThresholdMetrics implements BinCounts.Visitor {
  private final long allPositives;
  private final long allNegatives;
  private final boolean exact;
  private long truePositives;
  private long falsePositives;
  private double best = -1;
  private double bestUpper;
  private double threshold;
  private Estimate fprAt95Tpr;

  private ThresholdMetrics(long allPositives, long allNegatives, boolean exact) {
    this.allPositives = allPositives;
    this.allNegatives = allNegatives;
    this.exact = exact;
  }

  /** Computes the metrics from counts. */
  public static ThresholdMetrics over(BinCounts counts) {
    long[] totals = new long[2];
    counts.descending(
        (lowest, positives, negatives) -> {
          totals[0] += positives;
          totals[1] += negatives;
        });
    ThresholdMetrics metrics = new ThresholdMetrics(totals[0], totals[1], counts.isExact());
    counts.descending(metrics);
    return metrics;
  }

  @Override
  public void bin(float lowest, long positives, long negatives) {
    double f1Upper = f1(truePositives + positives, falsePositives);
    truePositives += positives;
    long falseBefore = falsePositives;
    falsePositives += negatives;
    double f1 = f1(truePositives, falsePositives);
    if (f1 > best) {
      best = f1;
      threshold = lowest;
    }
    bestUpper = Math.max(bestUpper, exact ? f1 : f1Upper);
    if (fprAt95Tpr == null && allNegatives > 0 && 20 * truePositives >= 19 * allPositives) {
      double fpr = (double) falsePositives / allNegatives;
      fprAt95Tpr = new Estimate.Known(fpr, exact ? fpr : (double) falseBefore / allNegatives, fpr);
    }
  }

  /** F1 = 2 TP / (2 TP + FP + FN). */
  private double f1(long found, long wrong) {
    return 2.0 * found / (found + wrong + allPositives);
  }

  private String reason() {
    return allPositives + allNegatives == 0
        ? "No pixels were counted"
        : "No pixel lies inside of a defect";
  }

  /** The largest F1 and its threshold. */
  public BestF1 bestF1() {
    if (allPositives == 0) {
      return BestF1.undefined(reason());
    }
    return new BestF1(new Estimate.Known(best, best, bestUpper), OptionalDouble.of(threshold));
  }

  /** The FPR at the highest threshold where at least 95 % of the positives are found. */
  public Estimate fprAt95Tpr() {
    if (allPositives == 0) {
      return new Estimate.Undefined(reason());
    }
    return fprAt95Tpr != null
        ? fprAt95Tpr
        : new Estimate.Undefined("Every pixel lies inside of a defect");
  }
}
