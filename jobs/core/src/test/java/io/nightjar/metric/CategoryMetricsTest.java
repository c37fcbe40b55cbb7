package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.metric.threshold.OperatingPoint;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class CategoryMetricsTest {
  private static final String[] ONE_TO_EIGHT = {"1234", "5678"};

  @Test
  void auproByHand() {
    // Regions {8} and {1, 5}; the normal pixels 2, 3, 4, 6, 7 score in between. From the top:
    // 8: PRO 1/2 at FPR 0; 7, 6: FPR 2/5; 5: PRO 3/4; 4, 3, 2: FPR 1; 1: PRO 1.
    CategoryCounts counts = counts(LabelledImage.drawn("a", "cut", ONE_TO_EIGHT, "#...", "#..#"));

    assertThat(counts.aupro(1).getAsDouble()).isCloseTo(0.4 * 0.5 + 0.6 * 0.75, within(1e-12));
    assertThat(counts.aupro(0.4).getAsDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(counts.aupro(0.3).getAsDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(counts.aupro(0.5).getAsDouble())
        .isCloseTo((0.4 * 0.5 + 0.1 * 0.75) / 0.5, within(1e-12));
  }

  @Test
  void auproIsInterpolatedWhereTheLimitLiesBetweenTwoPoints() {
    // Two points: 1 at FPR 2/4 with half of the region, 0 at FPR 1 with all of it.
    CategoryCounts counts =
        counts(LabelledImage.drawn("a", "cut", new String[] {"110", "100"}, "#..", "..#"));
    // The marked pixels touch nowhere: regions {1} and {0}.
    assertThat(counts.aupro(0.25).getAsDouble()).isCloseTo(0.125, within(1e-12));
    assertThat(counts.aupro(0.75).getAsDouble())
        .isCloseTo((0.5 * 0.25 + 0.25 * 0.625) / 0.75, within(1e-12));
  }

  @Test
  void everyRegionWeighsTheSameWhateverItsSize() {
    CategoryCounts counts =
        counts(
            LabelledImage.drawn(
                "a", "cut", new String[] {"999990", "555551"}, "#####.", "....." + "."),
            LabelledImage.drawn("b", "cut", new String[] {"000000", "555551"}, "#.....", "......"));

    // The large region is found before any normal pixel, the small one after all that score 5.
    assertThat(counts.aupro(0.3).getAsDouble()).isCloseTo(0.5, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void metricsEqualBruteForceOnImagesWithTies(long seed) {
    List<LabelledImage> images = images(seed, 14, 6);
    BruteForceImages expected = new BruteForceImages(images);
    LabelledScores pooled = BruteForceImages.pooled(images);

    CategoryMetrics metrics = counts(images).metrics();

    assertExact(metrics.pixel().auprc(), pooled.averagePrecision());
    assertExact(metrics.pixel().auroc(), pooled.auroc());
    assertExact(metrics.aupro30(), expected.aupro(0.3));
    assertExact(metrics.aupro05(), expected.aupro(0.05));
    assertExact(metrics.pixelBestF1().f1(), expected.bestF1());
    assertExact(metrics.fprAt95Tpr(), expected.fprAt95Tpr());
  }

  @Test
  void boundsEncloseBruteForceWhereBinsAreShared() {
    List<LabelledImage> images = images(7, 40, 0);
    BruteForceImages expected = new BruteForceImages(images);
    CategoryCounts counts = counts(images);
    assertThat(counts.pooled().bins().isExact()).isFalse();

    CategoryMetrics metrics = counts.metrics();

    assertEncloses(metrics.aupro30(), expected.aupro(0.3));
    assertEncloses(metrics.aupro05(), expected.aupro(0.05));
    assertEncloses(metrics.pixelBestF1().f1(), expected.bestF1());
    assertEncloses(metrics.fprAt95Tpr(), expected.fprAt95Tpr());
  }

  @Test
  void aDefectTypeIsItsImagesAndAllGoodOnes() {
    List<LabelledImage> images = images(8, 12, 5);
    List<LabelledImage> cuts =
        images.stream().filter(i -> i.defect().equals("cut") || !i.defective()).toList();

    CategoryMetrics metrics = counts(images).metrics();

    assertThat(metrics.byDefect()).containsOnlyKeys("cut", "dent");
    SubsetMetrics cut = metrics.byDefect().get("cut");
    CategoryMetrics alone = counts(cuts).metrics();
    assertThat(cut.images()).isEqualTo(3);
    assertThat(cut.pixelAuprc()).isEqualTo(alone.pixel().auprc());
    assertThat(cut.pixelAuroc()).isEqualTo(alone.pixel().auroc());
    assertThat(cut.aupro30()).isEqualTo(alone.aupro30());
    assertThat(cut.imageAuroc()).isEqualTo(alone.imageAuroc());
  }

  @Test
  void imageMetricsByHand() {
    // Scores 9 and 4 are defective, 5 and 3 good.
    CategoryMetrics metrics =
        counts(
                image("a", "cut", "9"),
                image("b", "good", "5"),
                image("c", "cut", "4"),
                image("d", "good", "3"))
            .metrics();

    assertExact(metrics.imageAuroc(), 0.75);
    assertExact(metrics.imageAveragePrecision(), (1 + 2.0 / 3) / 2);
    assertExact(metrics.imageBestF1().f1(), 0.8);
    assertThat(metrics.imageBestF1().threshold()).hasValue(4);
  }

  @Test
  void allEqualScoresMakeOnePoint() {
    CategoryMetrics metrics =
        counts(
                LabelledImage.drawn("a", "cut", new String[] {"55", "55"}, "#.", ".."),
                image("b", "good", "5"))
            .metrics();

    assertExact(metrics.pixel().auprc(), 0.2);
    assertExact(metrics.pixel().auroc(), 0.5);
    assertExact(metrics.aupro30(), 0.15);
    assertExact(metrics.fprAt95Tpr(), 1);
    assertExact(metrics.imageAuroc(), 0.5);
    assertThat(metrics.curves().points()).hasSize(1);
  }

  @Test
  void withoutDefectiveImagesWhatDoesNotExistHasAReason() {
    CategoryMetrics metrics = counts(image("a", "good", "123")).metrics();

    Estimate none = new Estimate.Undefined("No pixel lies inside of a defect");
    assertThat(metrics.pixel().auprc()).isEqualTo(none);
    assertThat(metrics.aupro30()).isEqualTo(none);
    assertThat(metrics.fprAt95Tpr()).isEqualTo(none);
    assertThat(metrics.pixelBestF1().f1()).isEqualTo(none);
    assertThat(metrics.imageAuroc())
        .isEqualTo(new Estimate.Undefined("No test image shows a defect"));
    assertThat(metrics.imageBestF1().threshold()).isEmpty();
    assertThat(metrics.curves().points()).isEmpty();
  }

  @Test
  void aRegionThatCoversAllLeavesNoNormalPixels() {
    CategoryMetrics metrics =
        counts(LabelledImage.drawn("a", "cut", new String[] {"12", "34"}, "##", "##")).metrics();

    Estimate none = new Estimate.Undefined("Every pixel lies inside of a defect");
    assertExact(metrics.pixel().auprc(), 1);
    assertThat(metrics.pixel().auroc()).isEqualTo(none);
    assertThat(metrics.aupro30()).isEqualTo(none);
    assertThat(metrics.fprAt95Tpr()).isEqualTo(none);
    assertThat(metrics.imageAuroc())
        .isEqualTo(new Estimate.Undefined("Every test image shows a defect"));
  }

  @Test
  void anImageWithScoresThatAreNoNumbersIsRefusedByNameAndLeavesNoTrace() {
    LabelledImage whole = image("a", "good", "123");
    CategoryCounts counts = counts(whole);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      ImageFeed feed = counts.image("test/cut/7.png", "cut", true, Mask.empty(2, 2));
      feed.accept(0, new float[] {1, 2});

      assertThatThrownBy(() -> feed.accept(1, new float[] {1, bad}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("test/cut/7.png")
          .hasMessageContaining(Float.toString(bad));
      assertThatThrownBy(feed::end).isInstanceOf(IllegalStateException.class);
    }

    assertThat(counts).isEqualTo(counts(whole));
  }

  @Test
  void anImageThatIsNotWholeOrCountedTwiceIsRefusedByName() {
    CategoryCounts counts = counts(image("a", "good", "123"));
    ImageFeed feed = counts.image("b", "cut", true, Mask.empty(2, 2));
    feed.accept(0, new float[] {1, 2});

    assertThatThrownBy(feed::end)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Image b has 2 rows, of which only 1 were fed");
    assertThatThrownBy(() -> counts.image("a", "good", false, Mask.empty(1, 1)))
        .hasMessage("Image a is counted twice");
    assertThatThrownBy(() -> counts.merge(counts(image("a", "good", "1"))))
        .hasMessage("Image a is counted twice");
    assertThatThrownBy(() -> counts.image("c", "good", false, image("c", "cut", "1").mask()))
        .hasMessage("Image c is good, but its mask marks 1 pixels as defective");
    assertThat(counts).isEqualTo(counts(image("a", "good", "123")));
  }

  @Test
  void operatingPointsByHand() {
    CategoryCounts counts = counts(LabelledImage.drawn("a", "cut", ONE_TO_EIGHT, "#...", "#..#"));

    OperatingPoint point = counts.operatingPoint(5);
    assertExact(point.precision(), 0.5);
    assertExact(point.recall(), 2.0 / 3);
    assertThat(counts.operatingPoint(9).precision())
        .isEqualTo(new Estimate.Undefined("No pixel scores at or above the threshold"));
    assertExact(counts.operatingPoint(9).recall(), 0);
  }

  @Test
  void curvesAreSampledFromTheFirstPixelToTheLast() {
    List<CurvePoint> points = counts(images(9, 40, 0)).metrics().curves().points();

    assertThat(points).hasSizeBetween(400, 500);
    assertThat(points).isSortedAccordingTo((a, b) -> Double.compare(b.threshold(), a.threshold()));
    CurvePoint last = points.get(points.size() - 1);
    assertThat(last.recall()).isEqualTo(1);
    assertThat(last.fpr()).isEqualTo(1);
    assertThat(last.pro()).isCloseTo(1, within(1e-12));
  }

  public static List<LabelledImage> images(long seed, int size, int values) {
    Random random = new Random(seed);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (String defect : List.of("cut", "dent", "good")) {
        images.add(
            LabelledImage.random(
                random, Text.format("test/%s/%03d.png", defect, i), defect, size, values));
      }
    }
    Collections.shuffle(images, random);
    return images;
  }

  private static LabelledImage image(String path, String defect, String scores) {
    return LabelledImage.drawn(
        path,
        defect,
        new String[] {scores},
        (defect.equals("good") ? "." : "#").repeat(scores.length()));
  }

  private static CategoryCounts counts(LabelledImage... images) {
    return counts(Stream.of(images).toList());
  }

  public static CategoryCounts counts(List<LabelledImage> images) {
    CategoryCounts counts = new CategoryCounts();
    images.forEach(image -> image.count(counts));
    return counts;
  }

  public static void assertExact(Estimate actual, double expected) {
    assertThat(actual.getAsDouble()).isCloseTo(expected, within(1e-11));
    assertThat(actual.lower()).isEqualTo(actual.getAsDouble()).isEqualTo(actual.upper());
  }

  static void assertEncloses(Estimate actual, double exact) {
    assertThat(exact).isBetween(actual.lower() - 1e-12, actual.upper() + 1e-12);
    assertThat(actual.getAsDouble()).isBetween(actual.lower(), actual.upper());
    assertThat(actual.upper() - actual.lower()).isLessThan(2e-3);
  }
}
