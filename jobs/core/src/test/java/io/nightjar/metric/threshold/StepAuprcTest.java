package io.nightjar.metric.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.BruteForceImages;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryMetricsTest;
import io.nightjar.metric.ImageFeed;
import io.nightjar.metric.LabelledImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepAuprcTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 6})
  void anImagesOwnAreaEqualsSortingItsPixels(int values) {
    for (LabelledImage image : CategoryMetricsTest.images(11, 14, values)) {
      if (image.defective()) {
        double sorted = BruteForceImages.pooled(List.of(image)).averagePrecision();

        assertThat(fed(image).ownAuprc()).isCloseTo(sorted, within(1e-12));
      }
    }
  }

  @Test
  void itEqualsTheSweepsToTheLastBitWhereBinsAreShared() {
    for (LabelledImage image : CategoryMetricsTest.images(12, 60, 0)) {
      if (image.defective()) {
        CategoryCounts counts = new CategoryCounts();
        image.count(counts);
        assertThat(counts.pooled().bins().isExact()).isFalse();

        assertThat(fed(image).ownAuprc()).isEqualTo(counts.metrics().pixel().auprc().getAsDouble());
      }
    }
  }

  @Test
  void itIsUndefinedWhereTheMaskMarksNoPixel() {
    LabelledImage image = LabelledImage.drawn("a", "good", new String[] {"123"}, "...");

    assertThat(fed(image).ownAuprc()).isNaN();
  }

  private static ImageFeed fed(LabelledImage image) {
    ImageFeed feed =
        new CategoryCounts().image(image.path(), image.defect(), image.defective(), image.mask());
    for (int y = 0; y < image.scores().length; y++) {
      feed.accept(y, image.scores()[y]);
    }
    return feed;
  }
}
