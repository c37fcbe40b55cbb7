package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MvtecAdLayout;
import io.nightjar.metric.PixelMetrics;
import io.nightjar.score.AnomalyMap;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact mode cuts the scores into ranges; where it cuts changes nothing. */
class SecondPassTest {
  private static final int GRID = 8;

  @ParameterizedTest
  @ValueSource(ints = {300, 5000})
  void manyRangesGiveTheFiguresOfTheSortedPixels(int rangePixels, @TempDir Path data)
      throws DefectiveFileException {
    TinyDataset.generate(data);
    Category bottle =
        MvtecAdLayout.list(data.toString(), List.of("bottle"), new Configuration()).get(0);
    MapMeasure measure = new MapMeasure(0, 0, 224);
    ScoredPart scored = ScoredPart.empty();
    List<EvaluatedMaps> maps = new ArrayList<>();
    Random random = new Random(5);
    for (ImageRef image : bottle.test()) {
      // Whole numbers, so that many pixels are tied.
      float[] values = new float[GRID * GRID];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(9);
      }
      AnomalyMap map = new AnomalyMap(values, GRID, GRID);
      maps.add(new EvaluatedMaps("bottle", image.relativePath(), values, GRID, GRID));
      scored.add(
          image,
          new MapSource.InMemory(map),
          map,
          PooledPixels.mask(data.resolve("bottle"), image.relativePath()),
          measure);
    }

    PixelMetrics pixel;
    try (SparkSession session = Sparks.local(2)) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      pixel =
          new SecondPass(
                  spark,
                  spark.broadcast(new SerializableConfiguration(new Configuration())),
                  MeasureOptions.builder().exactMetrics(true).build(),
                  measure,
                  rangePixels)
              .metrics(scored, new StageReport(spark, "bottle", Progress.SILENT))
              .pixel();
    }

    assertThat(scored.counts().exactRanges(rangePixels)).hasSizeGreaterThan(3);
    PooledPixels pixels = PooledPixels.of(data, "bottle", maps);
    assertThat(pixel.auprc().getAsDouble()).isCloseTo(pixels.averagePrecision(), within(1e-12));
    assertThat(pixel.auroc().getAsDouble()).isCloseTo(pixels.auroc(), within(1e-12));
  }
}
