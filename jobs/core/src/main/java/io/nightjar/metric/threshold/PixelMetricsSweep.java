package io.nightjar.metric.threshold;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.CompensatedSum;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;

/**
 * One pass over the bins from the highest score down, in float64 with compensated sums, so that the
 * result depends on the counts alone.
 *
 * <p>Bounds. Let a bin hold p positives and n negatives, with T positives and F negatives above it.
 * Whatever the order and the ties inside the bin, after j of its positives and m of its negatives
 * the precision is f(j, m) = (T + j) / (T + j + F + m), which grows with j, falls with m and is
 * concave in j.
 *
 * <ul>
 *   <li>Step-wise: the i-th positive contributes f(j, m) / P for some j from i to p and m from 0 to
 *       n. At most p f(p, 0); at least the sum over i of f(i, n) = p - (F + n) sum 1 / (A + i), A =
 *       T + F + n, and that sum is at most ln(1 + p / (A + 1/2)), since 1/x is convex.
 *   <li>Trapezoid: the area under a polygon with its corners on f(j, m). At most the integral of
 *       the concave f(j, 0), p - F ln(1 + p / (T + F)); at least the chord of f(j, n).
 *   <li>AUROC: the n p pairs inside the bin count between 0 and n p.
 * </ul>
 */
public final class PixelMetricsSweep implements BinCounts.Visitor {
  private final CompensatedSum step = new CompensatedSum();
  private final CompensatedSum stepLower = new CompensatedSum();
  private final CompensatedSum stepUpper = new CompensatedSum();
  private final CompensatedSum trapezoid = new CompensatedSum();
  private final CompensatedSum trapezoidLower = new CompensatedSum();
  private final CompensatedSum trapezoidUpper = new CompensatedSum();
  private final CompensatedSum pairs = new CompensatedSum();
  private final CompensatedSum pairsLower = new CompensatedSum();
  private final CompensatedSum pairsUpper = new CompensatedSum();
  private double truePositives;
  private double falsePositives;
  private double precision = 1;

  private PixelMetricsSweep() {}

  /** The metrics from counts, with bounds where scores share bins. */
  public static PixelMetrics over(BinCounts counts) {
    long[] totals = new long[2];
    counts.descending(
        (lowest, positives, negatives) -> {
          totals[0] += positives;
          totals[1] += negatives;
        });
    PixelMetricsSweep sweep = new PixelMetricsSweep();
    counts.descending(sweep);
    return sweep.metrics(totals[0], totals[1], counts.isExact());
  }

  /** The metrics from sums over distinct scores. */
  public static PixelMetrics exact(
      long positives, long negatives, double stepSum, double trapezoidSum, double pairSum) {
    PixelMetricsSweep sweep = new PixelMetricsSweep();
    sweep.step.add(stepSum);
    sweep.trapezoid.add(trapezoidSum);
    sweep.pairs.add(pairSum);
    return sweep.metrics(positives, negatives, true);
  }

  @Override
  public void bin(float lowest, long positives, long negatives) {
    if (positives > 0) {
      precisionRecall((double) positives, (double) negatives);
    }
    pairs.add(negatives * (truePositives + 0.5 * positives));
    pairsLower.add(negatives * truePositives);
    pairsUpper.add(negatives * (truePositives + positives));
    truePositives += positives;
    falsePositives += negatives;
    precision = truePositives / (truePositives + falsePositives);
  }

  private void precisionRecall(double p, double n) {
    double above = truePositives + falsePositives;
    double worstAbove = above + n;
    double end = (truePositives + p) / (worstAbove + p);
    step.add(p * end);
    stepUpper.add(p * (truePositives + p) / (above + p));
    stepLower.add(p - (falsePositives + n) * Math.log1p(p / (worstAbove + 0.5)));
    trapezoid.add(p * 0.5 * (precision + end));
    trapezoidUpper.add(falsePositives == 0 ? p : p - falsePositives * Math.log1p(p / above));
    trapezoidLower.add(worstAbove == 0 ? p : p * 0.5 * (truePositives / worstAbove + end));
  }

  private PixelMetrics metrics(long positives, long negatives, boolean exact) {
    long pixels = positives + negatives;
    if (positives == 0) {
      Estimate undefined =
          new Estimate.Undefined(
              pixels == 0 ? "No pixels were counted" : "No pixel lies inside of a defect");
      return new PixelMetrics(pixels, 0, undefined, undefined, undefined);
    }
    double all = (double) positives;
    Estimate auroc =
        negatives == 0
            ? new Estimate.Undefined("Every pixel lies inside of a defect")
            : estimate(pairs, pairsLower, pairsUpper, all * negatives, exact);
    return new PixelMetrics(
        pixels,
        positives,
        estimate(step, stepLower, stepUpper, all, exact),
        estimate(trapezoid, trapezoidLower, trapezoidUpper, all, exact),
        auroc);
  }

  private static Estimate estimate(
      CompensatedSum sum, CompensatedSum lower, CompensatedSum upper, double total, boolean exact) {
    double value = sum.value() / total;
    if (exact) {
      return new Estimate.Known(value, value, value);
    }
    return new Estimate.Known(
        value, Math.min(lower.value() / total, value), Math.max(upper.value() / total, value));
  }
}
