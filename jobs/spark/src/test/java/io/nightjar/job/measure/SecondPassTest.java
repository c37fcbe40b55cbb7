package io.nightjar.job.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.job.PooledPixels;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact mode cuts the scores into ranges; where it cuts changes nothing. */
class SecondPassTest {
  private static final int GRID = 8;

  @TempDir private Path data;
  private final MapMeasure measure =
      new MapMeasure(
          0,
          0,
          Size.square(224),
          ImageScoreKind.MAX,
          MaskValues.AUTO,
          WhiteLevel.FULL,
          SaturationAreas.NONE);
  private final ScoredPart scored = ScoredPart.empty();
  private final List<EvaluatedMaps> maps = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {300, 5000})
  void manyRangesGiveTheFiguresOfTheSortedPixels(int rangePixels) throws UnreadableFileException {
    // Whole numbers, so that many pixels are tied.
    score(random -> random.nextInt(9));

    PixelMetrics pixel = measure(true, rangePixels).pixel();

    assertThat(scored.counts().exactRanges(rangePixels)).hasSizeGreaterThan(3);
    PooledPixels pixels = PooledPixels.of(data, "bottle", maps);
    assertThat(pixel.auprc().getAsDouble()).isCloseTo(pixels.averagePrecision(), within(1e-12));
    assertThat(pixel.auroc().getAsDouble()).isCloseTo(pixels.auroc(), within(1e-12));
  }

  @Test
  void whereTheCountsLeaveTheAuprcOpenTheScoresDecide() throws UnreadableFileException {
    // Scores over so many magnitudes that many share a bin.
    score(random -> (float) Math.pow(10, -30 * random.nextDouble()));
    Estimate counted = scored.counts().metrics().pixel().auprc();
    assertThat(counted.upper() - counted.lower()).isGreaterThan(SecondPass.WIDEST_BOUNDS);

    CategoryMetrics metrics = measure(false, SecondPass.RANGE_PIXELS);

    assertThat(metrics.exact()).isTrue();
    assertThat(metrics.pixel().auprc().getAsDouble())
        .isBetween(counted.lower(), counted.upper())
        .isCloseTo(PooledPixels.of(data, "bottle", maps).averagePrecision(), within(1e-12));
  }

  private void score(ToFloat value) throws UnreadableFileException {
    TinyDataset.generate(data);
    Category bottle =
        MvtecAdLayout.list(data.toString(), List.of("bottle"), new Configuration()).get(0);
    Random random = new Random(5);
    for (ImageRef image : bottle.test()) {
      float[] values = new float[GRID * GRID];
      for (int i = 0; i < values.length; i++) {
        values[i] = value.draw(random);
      }
      AnomalyMap map = new AnomalyMap(values, GRID, GRID);
      maps.add(new EvaluatedMaps("bottle", image.relativePath(), values, GRID, GRID));
      scored.add(
          image,
          new MapSource.InMemory(map),
          map,
          new GroundTruth(
              PooledPixels.mask(data.resolve("bottle"), image.relativePath()),
              Optional.empty(),
              List.of()),
          measure);
    }
  }

  /** Draws one score. */
  @FunctionalInterface
  private interface ToFloat {
    float draw(Random random);
  }

  private CategoryMetrics measure(boolean exact, int rangePixels) {
    try (RunContext run = RunContext.builder(Sparks.local(2)).build()) {
      return new SecondPass(
              run, MeasureOptions.DEFAULT.withExactMetrics(exact), measure, rangePixels)
          .measure(scored, new StageReport(run, "bottle"))
          .metrics();
    }
  }
}
