package io.nightjar.metric.exact;

import io.nightjar.metric.count.CompensatedSum;

/** The terms of the pixel metrics over the distinct scores of a range, from the highest down. */
final class ExactSweep {
  private final ExactRange range;
  private final CompensatedSum step = new CompensatedSum();
  private final CompensatedSum trapezoid = new CompensatedSum();
  private final CompensatedSum pairs = new CompensatedSum();
  private double truePositives;
  private double falsePositives;
  private double precision;

  ExactSweep(ExactRange range) {
    this.range = range;
    truePositives = (double) range.positivesAbove();
    falsePositives = (double) range.negativesAbove();
    double above = truePositives + falsePositives;
    precision = above == 0 ? 1 : truePositives / above;
  }

  void value(long positives, long negatives) {
    pairs.add(negatives * (truePositives + 0.5 * positives));
    truePositives += positives;
    falsePositives += negatives;
    double end = truePositives / (truePositives + falsePositives);
    step.add(positives * end);
    trapezoid.add(positives * 0.5 * (precision + end));
    precision = end;
  }

  ExactPart part() {
    return new ExactPart(range, step.value(), trapezoid.value(), pairs.value());
  }
}
