package io.nightjar.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.SaturatedImage;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.report.ReportedMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AU-sPRO of data sets that state saturation areas, between two runs. */
class SaturatedComparisonTest {
  private static final int RESAMPLES = 100;

  @TempDir Path work;
  private final List<SaturatedImage> images = SaturatedImage.random(2, 6, 20, 0);
  private final List<SaturatedImage> other = rescored();

  private List<SaturatedImage> rescored() {
    Map<String, LabelledImage> scores =
        TestRuns.rescored(images.stream().map(SaturatedImage::image).toList(), 0.8, 0.05, 3)
            .stream()
            .collect(Collectors.toMap(LabelledImage::path, image -> image));
    return images.stream()
        .map(image -> image.with(scores.get(image.image().path()).scores()))
        .toList();
  }

  private TestRuns run(String name, List<SaturatedImage> some) {
    return TestRuns.in(work.resolve(name), "2026-11-23T01:00:00Z").saturated("pins", some);
  }

  private static FigureComparison auSpro(String one, String two) throws IOException {
    ComparisonReport report =
        ComparisonReport.of(
            FinishedRun.read(one, TestRuns.CONFIGURATION),
            List.of(FinishedRun.read(two, TestRuns.CONFIGURATION)),
            new ComparisonOptions(0.005, 0.05, RESAMPLES, 42, List.of(), Set.of()),
            Gate.DEFAULT,
            List.of());
    return report.comparisons().get(0).categories().get(0).figures().stream()
        .filter(figure -> figure.figure() == ReportedMetric.AU_SPRO_30)
        .findFirst()
        .orElseThrow();
  }

  /** The same draws, made here once more, on the pixels and defects themselves. */
  @Test
  void theIntervalIsThatOfPairedResamplesOfTheDefects() throws IOException {
    FigureComparison spro = auSpro(run("a", images).write(), run("b", other).write());

    double expected = SaturatedImage.auSpro(other, 0.3) - SaturatedImage.auSpro(images, 0.3);
    assertThat(spro.difference().getAsDouble()).isCloseTo(expected, within(1e-5));
    double[] resampled = resampled();
    Arrays.sort(resampled);
    // Student's quantile of 12 images less 2 strata, to the normal one.
    double spread = Math.sqrt(12 / 10.0) * 2.228139 / 1.959964;
    // Positions 2.475 and 96.525 of 0 to 99.
    double lower = resampled[2] + 0.475 * (resampled[3] - resampled[2]);
    double upper = resampled[96] + 0.525 * (resampled[97] - resampled[96]);
    assertThat(spro.test().orElseThrow().lower())
        .isCloseTo(expected + spread * (lower - expected), within(2e-3));
    assertThat(spro.test().orElseThrow().upper())
        .isCloseTo(expected + spread * (upper - expected), within(2e-3));
    assertThat(spro.reason()).isEmpty();
  }

  private double[] resampled() {
    SplittableRandom random = new SplittableRandom(31 * 42 + "pins".hashCode());
    double[] differences = new double[RESAMPLES];
    for (int i = 0; i < differences.length; i++) {
      List<Integer> drawn = new ArrayList<>();
      for (boolean label : new boolean[] {true, false}) {
        List<Integer> from = indexes(label);
        from.forEach(image -> drawn.add(from.get(random.nextInt(from.size()))));
      }
      differences[i] =
          SaturatedImage.auSpro(drawn.stream().map(other::get).toList(), 0.3)
              - SaturatedImage.auSpro(drawn.stream().map(images::get).toList(), 0.3);
    }
    return differences;
  }

  private List<Integer> indexes(boolean defective) {
    return IntStream.range(0, images.size())
        .boxed()
        .filter(i -> images.get(i).image().defective() == defective)
        .sorted(Comparator.comparing(i -> images.get(i).image().path()))
        .toList();
  }

  @Test
  void aRunOfAnEarlierProgramSaysWhyThereIsNoInterval() throws IOException {
    String old = run("a", images).writeWithoutDefects();

    FigureComparison spro = auSpro(old, run("b", other).write());

    assertThat(spro.test()).isEmpty();
    assertThat(spro.difference().getAsDouble())
        .isCloseTo(
            SaturatedImage.auSpro(other, 0.3) - SaturatedImage.auSpro(images, 0.3), within(1e-5));
    assertThat(spro.reason())
        .isEqualTo(
            "file:"
                + old
                + " was written by an earlier Nightjar, which did not keep the defects of each"
                + " image, so that there is no interval; evaluate it again to get one");
  }

  @Test
  void everyFigureFollowsFromASample() {
    assertThat(Arrays.stream(ReportedMetric.values()).filter(ReportedMetric::isFigure))
        .extracting(ReportedMetric::key)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SampleFigure.values()).map(SampleFigure::key).toList());
  }
}
