package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.CategoryResult;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.EvaluatedMaps;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps that came as files are measured as those of an evaluation are. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeasureMapsTest {
  private static final List<String> BOTH = List.of("bottle", "carpet");

  private SparkSession spark;
  private Path work;
  private Path data;
  private List<EvaluatedMaps> maps;
  private Path npy;
  private List<CategoryResult> evaluated;
  private List<CategoryMetrics> exact;
  private List<CategoryMetrics> at320;

  @BeforeAll
  void evaluateOnce(@TempDir Path directory) {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    evaluated =
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("evaluated").toString())
            .execute()
            .report()
            .categories();
    maps = EvaluatedMaps.read(spark, work.resolve("evaluated"));
    npy = EvaluatedMaps.write(maps, work.resolve("npy"), ".npy", MapFiles::npy);
    exact = metrics(measure("exact", npy, EvaluationOptions.builder().exactMetrics(true)));
    // Large enough for the FPR of AUPIMO.
    at320 =
        metrics(
            measure("at320", npy, EvaluationOptions.builder().exactMetrics(true).resolution(320)));
  }

  @Test
  void anEvaluationHasAllFigures() {
    assertThat(evaluated).extracting(CategoryResult::category).containsExactlyElementsOf(BOTH);
    assertThat(evaluated)
        .allSatisfy(
            category -> {
              CategoryMetrics metrics = category.metrics();
              assertThat(metrics.pixel().auprc().isPresent()).isTrue();
              assertThat(metrics.aupro30().isPresent()).isTrue();
              assertThat(metrics.aupimoByImage()).hasSize(metrics.byDefect().size());
              assertThat(metrics.imageAveragePrecision().isPresent()).isTrue();
              assertThat(metrics.pixelAuprcCi95()).isPresent();
              assertThat(metrics.imageAurocCi95()).isPresent();
              assertThat(metrics.byDefect()).isNotEmpty();
              assertThat(metrics.curves().points()).isNotEmpty();
              assertThat(metrics.exact()).isFalse();
              assertThat(category.stageSeconds()).containsKey("measure");
            });
  }

  @Test
  void mapsInNumPyFilesGiveTheFiguresOfTheEvaluation() {
    assertSameFigures(measure("from-npy", npy, EvaluationOptions.builder()));
    assertThat(work.resolve("from-npy/metrics.json")).isNotEmptyFile();
    assertThat(work.resolve("from-npy/metrics.csv")).isNotEmptyFile();
    assertThat(work.resolve("from-npy/report.html")).isNotEmptyFile();
    assertThat(work.resolve("from-npy/run.json")).content().contains("\"maps\"", "sha256");
    assertThat(spark.read().parquet(work.resolve("from-npy/maps").toString()).count())
        .isEqualTo(maps.size());
  }

  @Test
  @SuppressWarnings("unchecked")
  void relativePlacesAreRecordedInFull() {
    Path here = Path.of("").toAbsolutePath();

    Map<String, Object> record =
        new MeasureMaps(spark)
            .data(here.relativize(data) + "/")
            .maps(here.relativize(npy).toString())
            .out(work.resolve("relative").toString())
            .execute()
            .report()
            .run()
            .details();

    assertThat((Map<String, Object>) record.get("data")).containsEntry("root", "file:" + data);
    assertThat(record.get("maps")).isEqualTo(Map.of("root", "file:" + npy));
  }

  @Test
  void mapsInFloatTiffGiveTheFiguresOfTheEvaluation() {
    Path tiff =
        EvaluatedMaps.write(
            maps,
            work.resolve("tiff"),
            ".tiff",
            (values, width, height) ->
                MapFiles.tiff(values, width, height, ByteOrder.BIG_ENDIAN, 3, true));

    assertSameFigures(measure("from-tiff", tiff, EvaluationOptions.builder()));
  }

  @Test
  void mapsOfTheImagesSizeGiveTheSameFigures() {
    Path full =
        EvaluatedMaps.write(
            maps,
            work.resolve("full"),
            ".tif",
            (values, width, height) ->
                MapFiles.tiff(PooledPixels.upsample(values, width, height), 64, 64));

    // The highest three pixels are not the highest three patches.
    assertThat(measure("from-full", full, EvaluationOptions.builder()))
        .extracting(CategoryResult::metrics)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("byImageScore")
        .isEqualTo(evaluated.stream().map(CategoryResult::metrics).toList());
  }

  @Test
  void theScoreOfAnImageMayBeTheMeanOfTheHighestThreeValuesOfItsFile() {
    List<CategoryResult> results =
        measure("top3", npy, EvaluationOptions.builder().imageScore(ImageScoreKind.TOP3));

    for (int i = 0; i < results.size(); i++) {
      CategoryMetrics metrics = results.get(i).metrics();
      CategoryMetrics byMax = evaluated.get(i).metrics();
      assertThat(metrics.byImageScore()).isEqualTo(byMax.byImageScore()).hasSize(3);
      assertThat(metrics.imageAuroc())
          .isEqualTo(byMax.byImageScore().get(ImageScoreKind.TOP3).auroc());
      assertThat(byMax.imageAuroc())
          .isEqualTo(byMax.byImageScore().get(ImageScoreKind.MAX).auroc());
      assertThat(metrics.pixel()).isEqualTo(byMax.pixel());
    }
    Row row = spark.read().parquet(work.resolve("top3/maps").toString()).first();
    float[] sorted =
        maps.stream()
            .filter(map -> map.category().equals(row.getAs("category")))
            .filter(map -> map.path().equals(row.getAs("path")))
            .findFirst()
            .orElseThrow()
            .values()
            .clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    assertThat(row.<Float>getAs("image_score"))
        .isEqualTo(row.<Float>getAs("image_score_top3"))
        .isEqualTo((float) (((double) sorted[n - 3] + sorted[n - 2] + sorted[n - 1]) / 3));
    assertThat(row.<Float>getAs("image_score_max")).isNotEqualTo(row.<Float>getAs("image_score"));
  }

  @Test
  void exactMetricsAreThoseOfTheSortedPixels() {
    for (int i = 0; i < exact.size(); i++) {
      CategoryMetrics metrics = exact.get(i);
      PooledPixels pixels = PooledPixels.of(data, BOTH.get(i), maps);
      assertThat(metrics.exact()).isTrue();
      assertThat(metrics.pixel().auprc().getAsDouble())
          .isCloseTo(pixels.averagePrecision(), within(1e-12));
      assertThat(metrics.pixel().auroc().getAsDouble()).isCloseTo(pixels.auroc(), within(1e-12));
      Estimate bounds = evaluated.get(i).metrics().pixel().auprc();
      assertThat(metrics.pixel().auprc().getAsDouble())
          .isBetween(bounds.lower() - 1e-12, bounds.upper() + 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "2,3"})
  void coresAndPartitionsChangeNoBit(int cores, int partitions) {
    spark = Sparks.local(cores);
    String name = Text.format("exact-%d-%d", cores, partitions);

    List<CategoryResult> results =
        measure(
            name,
            npy,
            EvaluationOptions.builder().exactMetrics(true).resolution(320).partitions(partitions));

    assertThat(results).extracting(CategoryResult::metrics).isEqualTo(at320);
    assertThat(at320)
        .allSatisfy(metrics -> assertThat(metrics.aupimo().isPresent()).isTrue())
        .allSatisfy(metrics -> assertThat(metrics.pixelAuprcCi95()).isPresent());
  }

  @Test
  void imagesToLearnFromMayBeAbsent() throws IOException {
    Path tests = work.resolve("tests-only");
    for (String category : BOTH) {
      Files.createDirectories(tests.resolve(category));
      for (String part : List.of("test", "ground_truth")) {
        Files.createSymbolicLink(
            tests.resolve(category).resolve(part), data.resolve(category).resolve(part));
      }
    }

    RunResult result =
        new MeasureMaps(spark)
            .maps(npy.toString())
            .data(tests.toString())
            .out(work.resolve("from-tests").toString())
            .execute();

    assertThat(result.complete()).isTrue();
    assertSameFigures(result.report().categories());
  }

  private static List<CategoryMetrics> metrics(List<CategoryResult> results) {
    return results.stream().map(CategoryResult::metrics).toList();
  }

  private void assertSameFigures(List<CategoryResult> results) {
    assertThat(results)
        .extracting(CategoryResult::metrics)
        .isEqualTo(evaluated.stream().map(CategoryResult::metrics).toList());
  }

  private List<CategoryResult> measure(String name, Path from, EvaluationOptions.Builder options) {
    return new MeasureMaps(spark)
        .maps(from.toString())
        .data(data.toString())
        .out(work.resolve(name).toString())
        .options(options.build().map())
        .options(options.build().measure())
        .options(options.build().run())
        .execute()
        .report()
        .categories();
  }
}
