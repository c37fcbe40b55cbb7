package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondPassTest {

  @Test
  void aupimoByHand() {
    // Ten thousand good pixels in each of ten images: one pixel is FPR 1e-5. Good scores 9, 8 and
    // so on once each: FPR 1e-5 at 9, 2e-5 at 8, 4e-5 at 6 (two pixels), 1e-4 at 5.
    float[][] good = new float[100][100];
    good[0] = Arrays.copyOf(new float[] {9, 8, 6, 6, 5, 5, 5, 5, 5, 5}, 100);
    List<LabelledImage> images = new ArrayList<>();
    images.add(new LabelledImage("good/0", "good", good, new boolean[100][100]));
    for (int i = 1; i < 10; i++) {
      images.add(
          new LabelledImage("good/" + i, "good", new float[100][100], new boolean[100][100]));
    }
    images.add(LabelledImage.drawn("cut/0", "cut", new String[] {"9860"}, "####"));
    images.add(LabelledImage.drawn("cut/1", "cut", new String[] {"0000"}, "####"));

    CategoryMetrics metrics = complete(images);

    // Recall 1/4 at FPR 1e-5, 1/2 at 2e-5, 3/4 at 4e-5 and at 1e-4, straight over log FPR.
    double expected =
        (Math.log(2) * 0.375 + Math.log(2) * 0.625 + Math.log(2.5) * 0.75) / Math.log(10);
    CategoryMetricsTest.assertExact(metrics.aupimoByImage().get("cut/0"), expected);
    CategoryMetricsTest.assertExact(metrics.aupimoByImage().get("cut/1"), 0);
    CategoryMetricsTest.assertExact(metrics.aupimo(), expected / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void aupimoEnclosesBruteForceOnGoodImagesOfUnequalSizes(int values) {
    Random random = new Random(5);
    List<LabelledImage> images = new ArrayList<>();
    images.add(LabelledImage.random(random, "good/0", "good", 330, values));
    images.add(LabelledImage.random(random, "good/1", "good", 250, values));
    images.add(LabelledImage.random(random, "cut/0", "cut", 40, values));
    images.add(LabelledImage.random(random, "cut/1", "cut", 60, values));

    CategoryMetrics metrics = complete(images);

    // The thresholds that matter are few: those of the highest good pixels.
    BruteForceImages expected = new BruteForceImages(tailOnly(images));
    for (LabelledImage image : images.subList(2, 4)) {
      Estimate actual = metrics.aupimoByImage().get(image.path());
      double exact = expected.aupimo(image);
      assertThat(exact).isBetween(actual.lower() - 1e-12, actual.upper() + 1e-12);
      assertThat(actual.getAsDouble()).isCloseTo(exact, within(2e-3));
    }
  }

  /** Low scores set to zero, which changes no recall at an FPR below 1e-3. */
  private static List<LabelledImage> tailOnly(List<LabelledImage> images) {
    float[] good = BruteForceImages.pooled(images.subList(0, 2)).scores();
    Arrays.sort(good);
    float floor = good[good.length - 1 - good.length / 1000];
    return images.stream()
        .map(
            image -> {
              float[][] scores =
                  Arrays.stream(image.scores()).map(float[]::clone).toArray(float[][]::new);
              for (float[] row : scores) {
                for (int x = 0; x < row.length; x++) {
                  row[x] = row[x] < floor ? 0 : row[x];
                }
              }
              return new LabelledImage(image.path(), image.defect(), scores, image.truth());
            })
        .toList();
  }

  @Test
  void aupimoNeedsGoodImagesWithEnoughPixelsAndAMask() {
    LabelledImage cut = LabelledImage.drawn("cut", "cut", new String[] {"12"}, "#.");
    LabelledImage good = LabelledImage.drawn("good", "good", new String[] {"12"}, "..");

    assertThat(complete(List.of(cut)).aupimo())
        .isEqualTo(
            new Estimate.Undefined("No image is good, so that there is no FPR of good images"));
    assertThat(complete(List.of(cut, good)).aupimo())
        .isEqualTo(
            new Estimate.Undefined(
                "The good images have too few pixels to show an FPR of 1e-5: 1 of at least 2"));
    assertThat(complete(List.of(good)).aupimo())
        .isEqualTo(new Estimate.Undefined("No test image shows a defect"));
    LabelledImage large =
        new LabelledImage("large", "good", new float[400][400], new boolean[400][400]);
    LabelledImage unmarked = LabelledImage.drawn("u", "cut", new String[] {"12"}, "..");
    assertThat(complete(List.of(large, unmarked)).aupimo())
        .isEqualTo(new Estimate.Undefined("The image's mask marks no pixel as defective"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void intervalsEqualResamplingThePixelsThemselves(int values) {
    List<LabelledImage> images = CategoryMetricsTest.images(11, 24, values);

    CategoryMetrics metrics = complete(images);

    Interval pixel = metrics.pixelAuprcCi95().orElseThrow();
    assertThat(pixel.lower()).isLessThan(metrics.pixel().auprc().getAsDouble());
    assertThat(pixel.upper()).isGreaterThan(metrics.pixel().auprc().getAsDouble());
    Interval expected = resampled(images);
    // Where scores share bins, a positive drawn twice is not known to be tied with itself; that
    // moves the value by the order of one positive in all.
    double tolerance = values == 0 ? 1e-2 : 1e-12;
    assertThat(pixel.lower()).isCloseTo(expected.lower(), within(tolerance));
    assertThat(pixel.upper()).isCloseTo(expected.upper(), within(tolerance));
    assertThat(complete(images)).isEqualTo(metrics);
  }

  /** The same draws as stated: defective images first, each by path, seed 42. */
  private static Interval resampled(List<LabelledImage> images) {
    List<LabelledImage> sorted =
        images.stream().sorted(Comparator.comparing(LabelledImage::path)).toList();
    List<LabelledImage> defective = sorted.stream().filter(LabelledImage::defective).toList();
    List<LabelledImage> good = sorted.stream().filter(image -> !image.defective()).toList();
    SplittableRandom random = new SplittableRandom(42);
    double[] values = new double[1000];
    for (int i = 0; i < values.length; i++) {
      List<LabelledImage> drawn = new ArrayList<>();
      defective.forEach(image -> drawn.add(defective.get(random.nextInt(defective.size()))));
      good.forEach(image -> drawn.add(good.get(random.nextInt(good.size()))));
      values[i] = BruteForceImages.pooled(drawn).averagePrecision();
    }
    Arrays.sort(values);
    // Positions 24.975 and 974.025 of 0 to 999.
    return new Interval(
        values[24] + 0.975 * (values[25] - values[24]),
        values[974] + 0.025 * (values[975] - values[974]));
  }

  @Test
  void perfectImagesHaveAnIntervalOfOneAndOneDefectiveImageHasNone() {
    LabelledImage a = LabelledImage.drawn("a", "cut", new String[] {"91"}, "#.");
    LabelledImage b = LabelledImage.drawn("b", "cut", new String[] {"81"}, "#.");
    LabelledImage good = LabelledImage.drawn("c", "good", new String[] {"12"}, "..");

    CategoryMetrics two = complete(List.of(a, b, good));
    assertThat(two.imageAurocCi95()).contains(new Interval(1, 1));
    assertThat(two.pixelAuprcCi95()).contains(new Interval(1, 1));
    CategoryMetrics one = complete(List.of(a, good));
    assertThat(one.imageAurocCi95()).isEmpty();
    assertThat(one.pixelAuprcCi95()).isEmpty();
    assertThat(complete(List.of(a, b)).imageAurocCi95()).isEmpty();
  }

  @Test
  void imagesThatTheFirstPassDidNotSeeAreReported() {
    LabelledImage a = LabelledImage.drawn("a", "cut", new String[] {"91"}, "#.");
    LabelledImage b = LabelledImage.drawn("b", "cut", new String[] {"91"}, "#.");
    CategoryCounts counts = CategoryMetricsTest.counts(List.of(a));
    CoarseBins bins = counts.coarseBins();

    assertThatThrownBy(() -> counts.complete(List.of(b.count(bins))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The second pass counted other images than the first: [b] instead of [a]");
  }

  private static CategoryMetrics complete(List<LabelledImage> images) {
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    CoarseBins bins = counts.coarseBins();
    return counts.complete(images.stream().map(image -> image.count(bins)).toList());
  }
}
