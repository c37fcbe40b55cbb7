package io.nightjar.metric.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.BruteForceImages;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryMetricsTest;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.LabelledScores;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactModeTest {

  @ParameterizedTest
  @CsvSource({
    "1, 60, 0, 1000",
    "2, 60, 0, 100000000",
    "3, 60, 4, 1",
    "4, 60, 4, 700",
    // Each of the many small parts takes a pass over all images.
    "5, 20, 0, 37",
    "6, 60, 1, 50"
  })
  void equalsSortingAllScores(long seed, int count, int values, int maxPixels) {
    List<LabelledImage> images = CategoryMetricsTest.images(seed, count, values);
    LabelledScores pooled = BruteForceImages.pooled(images);

    PixelMetrics metrics = exact(images, maxPixels);

    CategoryMetricsTest.assertExact(metrics.auprc(), pooled.averagePrecision());
    assertThat(metrics.auprc().getAsDouble()).isCloseTo(pooled.averagePrecision(), within(1e-12));
    assertThat(metrics.auprcTrapezoid().getAsDouble()).isCloseTo(pooled.trapezoid(), within(1e-12));
    assertThat(metrics.auroc().getAsDouble()).isCloseTo(pooled.auroc(), within(1e-12));
  }

  private static PixelMetrics exact(List<LabelledImage> images, int maxPixels) {
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    List<ExactPart> parts = new ArrayList<>();
    for (ExactRange range : counts.exactRanges(maxPixels)) {
      assertThat(range.pixels() <= maxPixels || range.singleBin()).isTrue();
      ExactAccumulator accumulator = new ExactAccumulator(range);
      images.forEach(image -> image.feed(accumulator.image(image.mask())));
      parts.add(accumulator.part());
    }
    Collections.shuffle(parts, new Random(maxPixels));
    PixelMetrics metrics = ExactMetrics.of(parts);
    assertThat(counts.metrics().withExact(metrics).pixel()).isSameAs(metrics);
    return metrics;
  }

  @Test
  void withoutPositivesThereIsAReason() {
    List<LabelledImage> good =
        CategoryMetricsTest.images(1, 10, 0).stream().filter(i -> !i.defective()).toList();

    assertThat(exact(good, 50).auprc())
        .isEqualTo(new Estimate.Undefined("No pixel lies inside of a defect"));
  }

  @Test
  void aMissingRangeAndChangedScoresAreReported() {
    LabelledImage image =
        LabelledImage.drawn("a", "cut", new String[] {"1234", "5678"}, "#...", "#..#");
    CategoryCounts counts = CategoryMetricsTest.counts(List.of(image));
    List<ExactRange> ranges = counts.exactRanges(3);
    ExactAccumulator lowest = new ExactAccumulator(ranges.get(2));
    image.feed(lowest.image(image.mask()));

    assertThat(ranges).extracting(ExactRange::pixels).containsExactly(3L, 3L, 2L);
    assertThatThrownBy(() -> ExactMetrics.of(List.of(lowest.part())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a range is missing");
    lowest.image(Mask.empty(1, 1)).accept(0, new float[] {1});
    assertThatThrownBy(lowest::part)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the scores have changed");
  }
}
