package io.nightjar.metric.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.BruteForceImages;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryMetricsTest;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CountedSample;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.LabelledScores;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResampledFiguresTest {

  /** Where each bin holds one score, a resample's figures are those of its pixels. */
  @Test
  void figuresOfAResampleAreThoseOfTheImagesDrawn() {
    List<LabelledImage> images = CategoryMetricsTest.images(11, 24, 5);
    CategorySample sample = sample(images);
    ResampledFigures figures = new ResampledFigures(sample, sample.images());
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      int[] draw = new int[images.size()];
      List<LabelledImage> drawn = new ArrayList<>();
      for (int i = 0; i < draw.length; i++) {
        LabelledImage any = images.get(random.nextInt(images.size()));
        drawn.add(any);
        draw[paths(sample).indexOf(any.path())]++;
      }
      if (drawn.stream().noneMatch(LabelledImage::defective)
          || drawn.stream().allMatch(LabelledImage::defective)) {
        continue;
      }

      double[] actual = figures.of(new int[][] {draw})[0];

      LabelledScores pooled = BruteForceImages.pooled(drawn);
      BruteForceImages expected = new BruteForceImages(drawn);
      is(actual, SampleFigure.PIXEL_AUPRC, pooled.averagePrecision());
      is(actual, SampleFigure.PIXEL_AUPRC_TRAPEZOID, pooled.trapezoid());
      is(actual, SampleFigure.PIXEL_AUROC, pooled.auroc());
      is(actual, SampleFigure.AUPRO_30, expected.aupro(0.3));
      is(actual, SampleFigure.AUPRO_05, expected.aupro(0.05));
      is(actual, SampleFigure.PIXEL_BEST_F1, expected.bestF1());
      is(actual, SampleFigure.PIXEL_FPR_AT_95_TPR, expected.fprAt95Tpr());
      LabelledScores scores = scores(drawn);
      is(actual, SampleFigure.IMAGE_AUROC, scores.auroc());
      is(actual, SampleFigure.IMAGE_AP, scores.averagePrecision());
      assertThat(actual[SampleFigure.ITEM_AUROC.index()]).isNaN();
    }
  }

  private static void is(double[] actual, SampleFigure figure, double expected) {
    assertThat(actual[figure.index()]).as(figure.key()).isCloseTo(expected, within(1e-12));
  }

  private static LabelledScores scores(List<LabelledImage> images) {
    float[] scores = new float[images.size()];
    boolean[] defective = new boolean[images.size()];
    for (int i = 0; i < scores.length; i++) {
      for (float[] row : images.get(i).scores()) {
        for (float score : row) {
          scores[i] = Math.max(scores[i], score);
        }
      }
      defective[i] = images.get(i).defective();
    }
    return new LabelledScores(scores, defective);
  }

  /** All images drawn once: the figures of the evaluation, up to the order within bins. */
  @ParameterizedTest
  @ValueSource(ints = {0, 40})
  void allImagesOnceGiveTheFiguresOfTheEvaluation(int values) {
    Random random = new Random(5);
    List<LabelledImage> images = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      images.add(LabelledImage.random(random, "good/" + i, "good", 180, values));
      images.add(LabelledImage.random(random, "cut/" + i, "cut", 90, values));
    }
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    CategoryMetrics metrics =
        counts.complete(images.stream().map(image -> image.count(counts.coarseBins())).toList());
    CategorySample sample = sample(images);

    double[] all = new ResampledFigures(sample, sample.images()).ofAll();

    // AUPIMO and the figures of images do not depend on the bins.
    is(all, SampleFigure.AUPIMO, metrics.aupimo().getAsDouble());
    is(all, SampleFigure.IMAGE_AUROC, metrics.imageAuroc().getAsDouble());
    is(all, SampleFigure.IMAGE_AP, metrics.imageAveragePrecision().getAsDouble());
    is(all, SampleFigure.IMAGE_BEST_F1, metrics.imageBestF1().f1().getAsDouble());
    double tolerance = values == 0 ? 1e-3 : 1e-12;
    close(all, SampleFigure.PIXEL_AUPRC, metrics.pixel().auprc().getAsDouble(), tolerance);
    close(all, SampleFigure.PIXEL_AUROC, metrics.pixel().auroc().getAsDouble(), tolerance);
    close(all, SampleFigure.AUPRO_30, metrics.aupro30().getAsDouble(), tolerance);
    close(all, SampleFigure.AUPRO_05, metrics.aupro05().getAsDouble(), tolerance);
    close(all, SampleFigure.PIXEL_BEST_F1, metrics.pixelBestF1().f1().getAsDouble(), 2e-3);
    close(all, SampleFigure.PIXEL_FPR_AT_95_TPR, metrics.fprAt95Tpr().getAsDouble(), 2e-3);
  }

  private static void close(double[] actual, SampleFigure figure, double expected, double error) {
    assertThat(actual[figure.index()]).as(figure.key()).isCloseTo(expected, within(error));
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    CategorySample sample = sample(CategoryMetricsTest.images(11, 24, 0));
    ResampledFigures figures = new ResampledFigures(sample, sample.images());
    int[][] draws = new int[37][sample.images().size()];
    Random random = new Random(2);
    for (int[] draw : draws) {
      for (int i = 0; i < draw.length; i++) {
        draw[random.nextInt(draw.length)]++;
      }
    }

    double[][] together = figures.of(draws);

    for (int i = 0; i < draws.length; i++) {
      assertThat(figures.of(new int[][] {draws[i]})[0]).isEqualTo(together[i]);
    }
  }

  @Test
  void qualityIsTheOwnAuprcOrTheSideOfTheOtherImages() {
    List<LabelledImage> images =
        List.of(
            LabelledImage.drawn("a", "cut", new String[] {"9182"}, "#.#."),
            LabelledImage.drawn("b", "cut", new String[] {"1234"}, "#..."),
            LabelledImage.drawn("c", "good", new String[] {"1115"}, "...."),
            LabelledImage.drawn("d", "good", new String[] {"1111"}, "...."));
    CategorySample sample = sample(images);

    double[] quality = new ResampledFigures(sample, sample.images()).qualityByImage();

    // a: both defective pixels first; b: the last of four; c: above one of two; d: below both.
    assertThat(quality).containsExactly(1, 0.25, 0.5, 1);
  }

  @Test
  void itemsCountByTheirLargestScore() {
    List<SampleImage> images =
        List.of(
            image("a1", "a", true, 1), image("a2", "a", false, 9),
            image("b", "", false, 5), image("c", "", true, 4));
    CategorySample sample = new CategorySample("can", "original", new int[1], true, images);
    ResampledFigures figures = new ResampledFigures(sample, images);

    double[] once = figures.ofAll();

    // Items: a defective at 9, b good at 5, c defective at 4.
    assertThat(once[SampleFigure.ITEM_AUROC.index()]).isEqualTo(0.5);
    assertThat(once[SampleFigure.ITEM_AP.index()]).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
    assertThat(once[SampleFigure.PIXEL_AUPRC.index()]).isNaN();
  }

  private static SampleImage image(String path, String item, boolean defective, float score) {
    return new SampleImage(
        path,
        defective ? "cut" : "good",
        defective,
        item,
        !defective,
        score,
        SampleImage.Hashes.NONE,
        SparseCounts.NONE,
        List.of(),
        List.of());
  }

  private static List<String> paths(CategorySample sample) {
    return sample.images().stream().map(SampleImage::path).toList();
  }

  private static CategorySample sample(List<LabelledImage> images) {
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    CoarseBins bins = counts.coarseBins();
    return CountedSample.of(
        counts, ImageScoreKind.MAX, bins, images.stream().map(image -> image.count(bins)).toList());
  }
}
