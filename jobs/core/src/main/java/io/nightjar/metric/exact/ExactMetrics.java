package io.nightjar.metric.exact;

import io.nightjar.metric.count.CompensatedSum;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.threshold.PixelMetricsSweep;
import io.nightjar.text.Text;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The pixel metrics from the scores themselves, pixels of equal scores tied, as scikit-learn
 * defines them; sums in float64 with compensation, within 1e-12 of the rational value.
 */
public final class ExactMetrics {
  private ExactMetrics() {}

  /**
   * Combines the parts of all ranges, in any order.
   *
   * @throws IllegalArgumentException if a range is missing or given twice
   */
  public static PixelMetrics of(Collection<ExactPart> parts) {
    List<ExactPart> descending =
        parts.stream()
            .sorted(
                Comparator.comparing(
                        (ExactPart part) -> Integer.toUnsignedLong(part.range().toKey()))
                    .reversed())
            .toList();
    CompensatedSum step = new CompensatedSum();
    CompensatedSum trapezoid = new CompensatedSum();
    CompensatedSum pairs = new CompensatedSum();
    long positives = 0;
    long negatives = 0;
    for (ExactPart part : descending) {
      ExactRange range = part.range();
      if (range.positivesAbove() != positives || range.negativesAbove() != negatives) {
        throw new IllegalArgumentException(
            Text.format(
                "After %d positive and %d negative pixels comes a range that expects %d and %d above it: a range is missing or given twice",
                positives, negatives, range.positivesAbove(), range.negativesAbove()));
      }
      positives += range.positives();
      negatives += range.negatives();
      step.add(part.step());
      trapezoid.add(part.trapezoid());
      pairs.add(part.pairs());
    }
    return PixelMetricsSweep.exact(
        positives, negatives, step.value(), trapezoid.value(), pairs.value());
  }
}
