package io.nightjar.metric;

import io.nightjar.metric.region.RegionOverlap;
import io.nightjar.metric.region.RegionWeights;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import java.util.ArrayList;
import java.util.List;

/** Picks the points of the curves, at even steps of recall + FPR. */
final class CurveSampling implements RegionOverlap.Visitor {
  private static final int MAX_POINTS = 500;

  private final List<CurvePoint> points = new ArrayList<>();
  private final long allPositives;
  private final long allNegatives;
  private final long regions;
  private long truePositives;
  private long falsePositives;
  private double found;
  private double next;

  private CurveSampling(long allPositives, long allNegatives, long regions) {
    this.allPositives = allPositives;
    this.allNegatives = allNegatives;
    this.regions = regions;
  }

  static Curves of(PixelCounts counts) {
    long[] totals = new long[2];
    counts
        .bins()
        .descending(
            (lowest, positives, negatives) -> {
              totals[0] += positives;
              totals[1] += negatives;
            });
    if (totals[0] == 0 || totals[1] == 0) {
      return new Curves(List.of());
    }
    CurveSampling sampling = new CurveSampling(totals[0], totals[1], counts.regions());
    RegionOverlap.descending(counts.bins(), counts.weights(), sampling);
    return new Curves(sampling.points);
  }

  @Override
  public void bin(float lowest, long positives, long negatives, long weight) {
    truePositives += positives;
    falsePositives += negatives;
    found += (double) weight / RegionWeights.UNIT;
    double recall = (double) truePositives / allPositives;
    double fpr = (double) falsePositives / allNegatives;
    boolean last = truePositives == allPositives && falsePositives == allNegatives;
    if (recall + fpr >= next || last) {
      double precision = (double) truePositives / (truePositives + falsePositives);
      points.add(new CurvePoint(lowest, recall, precision, fpr, Math.min(1, found / regions)));
      // The first and the last point are always taken, so that two steps fewer fit.
      double step = 2.0 / (MAX_POINTS - 2);
      next = step * (Math.floor((recall + fpr) / step) + 1);
    }
  }
}
