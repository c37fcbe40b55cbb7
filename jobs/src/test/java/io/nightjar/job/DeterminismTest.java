package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.CategoryResult;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same inputs give the same bits, however the work is spread and in whatever order it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterminismTest {
  private Path work;
  private Path data;
  private Figures expected;

  /** All that may not differ between two runs. */
  private record Figures(List<List<Object>> metrics, List<String> maps) {}

  @BeforeAll
  void runOnce(@TempDir Path directory) {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    expected = run("expected", 1, options());
    assertThat(expected.metrics()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1,1,keep", "2,1,keep", "2,2,recompute", "2,7,keep", "1,3,recompute"})
  void coresPartitionsAndKeepingChangeNothing(int cores, int partitions, String patches) {
    EvaluationOptions.Builder options =
        options()
            .partitions(partitions)
            .trainPatches(TrainPatches.valueOf(patches.toUpperCase(java.util.Locale.ROOT)));

    Figures figures = run(cores + "-" + partitions + "-" + patches, cores, options);

    assertThat(figures).isEqualTo(expected);
  }

  /** Chunks of 2 images, so that there are sums to be combined. */
  private static EvaluationOptions.Builder options() {
    return EvaluationOptions.builder().batchImages(2).chunkImages(2);
  }

  private Figures run(String name, int cores, EvaluationOptions.Builder options) {
    String out = work.resolve(name).toString();
    try (SparkSession spark = Sparks.start("local[" + cores + "]", Map.of())) {
      List<CategoryResult> categories =
          new EvaluateDataset(spark)
              .data(data.toString())
              .trunk(TinyDataset.trunk())
              .out(out)
              .options(options.build())
              .execute()
              .report()
              .categories();
      return new Figures(
          categories.stream().map(DeterminismTest::figures).toList(),
          spark.read().parquet(out + "/maps").orderBy("category", "path").toJSON().collectAsList());
    }
  }

  private static List<Object> figures(CategoryResult result) {
    return List.of(
        result.category(),
        result.components(),
        result.bankRows(),
        result.pixelAuprc(),
        result.pixelAuprcTrapezoid(),
        result.pixelAuroc(),
        result.imageAuroc());
  }
}
