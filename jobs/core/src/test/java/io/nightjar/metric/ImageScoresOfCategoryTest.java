package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.ImageScoreMetrics;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One normal image has a single high patch, so that the largest value ranks it above both defects;
 * the mean of three patches does not. One percent of four values is one value.
 */
class ImageScoresOfCategoryTest {
  private static final Estimate ONE = new Estimate.Known(1, 1, 1);

  private static final List<LabelledImage> IMAGES =
      List.of(
          image("good/0", "90", "00"),
          image("good/1", "22", "22"),
          image("cut/0", "88", "80"),
          image("cut/1", "44", "44"));

  private static LabelledImage image(String path, String... scores) {
    boolean defective = path.startsWith("cut");
    return LabelledImage.drawn(
        path, defective ? "cut" : "good", scores, defective ? "#." : "..", "..");
  }

  private static CategoryCounts counts() {
    CategoryCounts counts = new CategoryCounts();
    for (LabelledImage image : IMAGES) {
      ImageFeed feed =
          counts.image(
              new TestImage(
                  image.path(),
                  image.defect(),
                  !image.defect().equals("good"),
                  "",
                  "item " + image.path()),
              image.mask(),
              List.of());
      image.feed(feed);
      feed.end(map(image));
    }
    return counts;
  }

  private static AnomalyMap map(LabelledImage image) {
    float[][] rows = image.scores();
    return new AnomalyMap(new float[] {rows[0][0], rows[0][1], rows[1][0], rows[1][1]}, 2, 2);
  }

  private static Estimate known(double value) {
    return new Estimate.Known(value, value, value);
  }

  @Test
  void theChosenKindMakesTheFiguresAndAllAreNextToIt() {
    CategoryMetrics byMax = counts().metrics();
    CategoryMetrics byTop3 = counts().metrics(ImageScoreKind.TOP3);

    // By the largest value: 9 of a normal image, 8 and 4 of defects, 2 of a normal one.
    ImageScoreMetrics largest = new ImageScoreMetrics(known(0.5), known(0.5 / 2 + 2.0 / 3 / 2));
    assertThat(byMax.imageAuroc()).isEqualTo(largest.auroc());
    assertThat(byMax.imageAveragePrecision()).isEqualTo(largest.averagePrecision());
    assertThat(byTop3.imageAuroc()).isEqualTo(ONE);
    assertThat(byTop3.imageAveragePrecision()).isEqualTo(ONE);
    assertThat(byTop3.imageBestF1().threshold()).hasValue(4);
    assertThat(byTop3.byDefect().get("cut").imageAuroc()).isEqualTo(ONE);
    assertThat(byTop3.items().orElseThrow().auroc()).isEqualTo(ONE);
    assertThat(byMax.items().orElseThrow().auroc()).isEqualTo(known(0.5));
    assertThat(byTop3.byImageScore())
        .isEqualTo(byMax.byImageScore())
        .containsEntry(ImageScoreKind.MAX, largest)
        .containsEntry(ImageScoreKind.TOP3, new ImageScoreMetrics(ONE, ONE))
        .containsEntry(ImageScoreKind.TOP1_PERCENT, largest);
    assertThat(byTop3.pixel()).isEqualTo(byMax.pixel());
  }

  @Test
  void theIntervalAndTheSampleAreOfTheChosenKind() {
    CategoryCounts counts = counts();
    CoarseBins bins = counts.coarseBins();
    List<ImageCounts> images = IMAGES.stream().map(image -> image.count(bins)).toList();

    CategoryMetrics metrics =
        counts.complete(ImageScoreKind.TOP3, counts.metrics(ImageScoreKind.TOP3), bins, images);
    CategorySample sample = CountedSample.of(counts, ImageScoreKind.TOP3, bins, images);

    assertThat(metrics.imageAurocCi95().orElseThrow().lower()).isEqualTo(1);
    assertThat(counts.complete(images).imageAurocCi95().orElseThrow().lower()).isZero();
    assertThat(sample.images()).extracting(SampleImage::path).first().isEqualTo("cut/0");
    assertThat(sample.images()).extracting(SampleImage::score).containsExactly(8f, 4f, 3f, 2f);
  }

  @Test
  void storedCountsKeepTheScoresOfEveryKind() throws IOException {
    CategoryCounts counts = counts();

    CategoryCounts read = CategoryCountsCodec.decode(CategoryCountsCodec.encode(counts));

    assertThat(read).isEqualTo(counts);
    assertThat(read.metrics(ImageScoreKind.TOP3)).isEqualTo(counts.metrics(ImageScoreKind.TOP3));
  }

  @Test
  void aKindThatIsNotKnownOfEveryImageIsLeftOutAndCannotBeChosen() {
    CategoryCounts counts = counts();
    image("good/2", "11", "11").count(counts);

    assertThat(counts.metrics().byImageScore()).containsOnlyKeys(ImageScoreKind.MAX);
    assertThatThrownBy(() -> counts.metrics(ImageScoreKind.TOP3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("top3");
  }
}
