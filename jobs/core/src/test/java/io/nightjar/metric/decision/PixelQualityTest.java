package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CountedSample;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelQualityTest {
  private static final List<LabelledImage> IMAGES =
      List.of(
          LabelledImage.drawn("good/0", "good", new String[] {"90", "00"}, "..", ".."),
          LabelledImage.drawn("good/1", "good", new String[] {"22", "22"}, "..", ".."),
          LabelledImage.drawn("cut/0", "cut", new String[] {"88", "80"}, "#.", ".."),
          LabelledImage.drawn("cut/1", "cut", new String[] {"44", "44"}, "#.", ".."));

  private static CategorySample sample(List<LabelledImage> images) {
    CategoryCounts counts = new CategoryCounts();
    images.forEach(image -> image.count(counts));
    CoarseBins bins = counts.coarseBins();
    return CountedSample.of(
        counts, ImageScoreKind.MAX, bins, images.stream().map(image -> image.count(bins)).toList());
  }

  /**
   * From 5 on: 1 of 4 pixels of one good image and none of the other; 8 of the two defective
   * pixels, 8 and 4; 1 + 2 normal pixels. From 4 on also all of the last image. F1 = 2 TP / (TP +
   * FP + 2).
   */
  @ParameterizedTest
  @CsvSource({"9.5, 0, 0, 0, 0", "5, 0.125, 0.5, 0.3333333333333333, 0.5", "4, 0.125, 1, 0.4, 1"})
  void countsThePixelsFromTheThresholdOn(
      double threshold, double falsePositives, double recall, double f1, double regions) {
    PixelQuality quality = PixelQuality.of(sample(IMAGES), 0.1, threshold);

    assertThat(quality.falsePositiveRate()).isEqualTo(exactly(falsePositives));
    assertThat(quality.recall()).isEqualTo(exactly(recall));
    assertThat(quality.f1()).isEqualTo(exactly(f1));
    assertThat(quality.regionRecall()).isEqualTo(exactly(regions));
    assertThat(quality.wished()).isEqualTo(0.1);
  }

  /** The start of the lowest bin is not kept: the zeros may be above the threshold, or below. */
  @Test
  void theLowestScoreIsLeftOpen() {
    assertThat(PixelQuality.of(sample(IMAGES), 0.1, 0.5).falsePositiveRate())
        .isEqualTo(new Estimate.Known(0.625, 0.625, 1));
  }

  private static Estimate exactly(double value) {
    return new Estimate.Known(value, value, value);
  }

  @Test
  void boundsEncloseTheCountsOfThePixelsThemselves() {
    Random random = new Random(4);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      images.add(LabelledImage.random(random, "image" + i, i % 2 == 0 ? "good" : "cut", 40, 0));
    }
    CategorySample sample = sample(images);

    for (double threshold : new double[] {0.2, 0.5, 0.9, 1.1}) {
      PixelQuality quality = PixelQuality.of(sample, 0.1, threshold);

      double found = 0;
      double positives = 0;
      double above = 0;
      double fractions = 0;
      for (LabelledImage image : images) {
        double own = 0;
        for (int y = 0; y < 40; y++) {
          for (int x = 0; x < 40; x++) {
            boolean anomalous = image.scores()[y][x] >= threshold;
            boolean defective = image.truth()[y][x];
            positives += defective ? 1 : 0;
            found += defective && anomalous ? 1 : 0;
            own += !defective && anomalous ? 1 : 0;
          }
        }
        above += own;
        fractions += image.defect().equals("good") ? own / 1600 : 0;
      }
      assertWithin(quality.falsePositiveRate(), fractions / 6);
      assertWithin(quality.recall(), found / positives);
      assertWithin(quality.f1(), 2 * found / (found + above + positives));
    }
  }

  private static void assertWithin(Estimate estimate, double exact) {
    assertThat(exact).isBetween(estimate.lower() - 1e-12, estimate.upper() + 1e-12);
    assertThat(estimate.getAsDouble()).isCloseTo(exact, within(0.01));
  }

  @Test
  void withoutMasksThereAreNoFigures() {
    CategoryCounts counts = new CategoryCounts();
    IMAGES.get(0).count(counts);
    var feed = counts.unmasked("cut/0", "cut", "its mask", 2, 2);
    feed.accept(0, new float[] {8, 8});
    feed.accept(1, new float[] {8, 0});
    feed.end();
    CategorySample sample =
        CountedSample.of(counts, ImageScoreKind.MAX, counts.coarseBins(), List.of());

    PixelQuality quality = PixelQuality.of(sample, 0.1, 5);

    assertThat(quality.recall().isPresent()).isFalse();
    assertThat(quality.falsePositiveRate())
        .isEqualTo(new Estimate.Undefined("the masks of some images are missing"));
  }
}
