package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.SaturatedImage;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedFiguresTest {
  private static final int RESAMPLES = 40;

  private static List<SaturatedImage> images(int values) {
    return SaturatedImage.random(11, 5, 24, values).stream()
        .sorted(Comparator.comparing(one -> one.image().path()))
        .toList();
  }

  /** The images with less contrast of each defective pixel, and other noise. */
  private static List<SaturatedImage> rescored(List<SaturatedImage> images, int values) {
    Random random = new Random(3);
    return images.stream()
        .map(
            one -> {
              float[][] scores = new float[one.image().scores().length][];
              for (int y = 0; y < scores.length; y++) {
                scores[y] = one.image().scores()[y].clone();
                for (int x = 0; x < scores[y].length; x++) {
                  double score =
                      scores[y][x]
                          * (one.image().truth()[y][x] ? 0.8 : 1)
                          * Math.exp(0.05 * random.nextGaussian());
                  scores[y][x] = (float) (values == 0 ? score : Math.rint(score * values) / values);
                }
              }
              return one.with(scores);
            })
        .toList();
  }

  private static List<SaturatedImage> drawn(List<SaturatedImage> images, int[] weights) {
    List<SaturatedImage> drawn = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      for (int times = 0; times < weights[i]; times++) {
        drawn.add(images.get(i));
      }
    }
    return drawn;
  }

  /**
   * The differences of AU-sPRO in every resample are those of its definition over the images drawn:
   * to the last digits where each bin holds one score, and close where bins hold many.
   */
  @ParameterizedTest
  @CsvSource({"5, 1e-12", "0, 2e-3"})
  void differencesOfSaturatedOverlapAreThoseOfTheImagesDrawn(int values, double tolerance) {
    List<SaturatedImage> before = images(values);
    List<SaturatedImage> after = rescored(before, values);
    CategorySample baseline = SaturatedImage.sample(before);
    CategorySample candidate = SaturatedImage.sample(after);
    Pairing pairing = Pairing.of(baseline, candidate);
    PairedDraws draws = PairedDraws.draw(pairing.baselines(), RESAMPLES, 7, "pins");

    PairedFigures figures = PairedFigures.of(baseline, candidate, pairing, draws);

    assertThat(baseline.exact()).isEqualTo(values > 0);
    for (int resample = 0; resample < RESAMPLES; resample++) {
      List<SaturatedImage> one = drawn(before, draws.weights()[resample]);
      List<SaturatedImage> other = drawn(after, draws.weights()[resample]);
      assertThat(figures.differences()[SampleFigure.AU_SPRO_30.index()][resample])
          .isCloseTo(
              SaturatedImage.auSpro(other, 0.3) - SaturatedImage.auSpro(one, 0.3),
              within(tolerance));
      assertThat(figures.differences()[SampleFigure.AU_SPRO_05.index()][resample])
          .isCloseTo(
              SaturatedImage.auSpro(other, 0.05) - SaturatedImage.auSpro(one, 0.05),
              within(tolerance));
    }
    assertThat(figures.differences(SampleFigure.AU_SPRO_30)).hasSize(RESAMPLES);
    assertThat(Arrays.stream(figures.differences(SampleFigure.AU_SPRO_30)).min().orElseThrow())
        .isLessThan(-0.01);
  }

  /** All images once: what the evaluation states, which is exact or has bounds. */
  @ParameterizedTest
  @CsvSource({"5, 1e-12", "0, 1e-3"})
  void theFiguresOfAllImagesAreThoseOfTheEvaluation(int values, double tolerance) {
    List<SaturatedImage> images = images(values);
    CategorySample sample = SaturatedImage.sample(images);
    Pairing pairing = Pairing.of(sample, sample);
    PairedDraws draws = PairedDraws.draw(pairing.baselines(), 1, 7, "pins");

    double[] all = PairedFigures.of(sample, sample, pairing, draws).baseline();

    assertThat(all[SampleFigure.AU_SPRO_30.index()])
        .isCloseTo(SaturatedImage.counts(images).auSpro(0.3).getAsDouble(), within(tolerance))
        .isCloseTo(SaturatedImage.auSpro(images, 0.3), within(tolerance));
    assertThat(all[SampleFigure.AU_SPRO_05.index()])
        .isCloseTo(SaturatedImage.counts(images).auSpro(0.05).getAsDouble(), within(tolerance))
        .isCloseTo(SaturatedImage.auSpro(images, 0.05), within(tolerance));
  }

  @Test
  void withoutSaturationAreasThereIsNoSaturatedOverlap() {
    List<SaturatedImage> images =
        images(5).stream().map(one -> new SaturatedImage(one.image(), List.of())).toList();
    CategorySample sample = SaturatedImage.sample(images);
    Pairing pairing = Pairing.of(sample, sample);
    PairedDraws draws = PairedDraws.draw(pairing.baselines(), 10, 7, "pins");

    PairedFigures figures = PairedFigures.of(sample, sample, pairing, draws);

    assertThat(sample.hasSaturatedDefects()).isFalse();
    assertThat(figures.baseline()[SampleFigure.AU_SPRO_30.index()]).isNaN();
    assertThat(figures.differences(SampleFigure.AU_SPRO_30)).isEmpty();
  }
}
