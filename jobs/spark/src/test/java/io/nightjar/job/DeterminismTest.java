package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same inputs give the same bits, however the work is spread and in whatever order it ends. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeterminismTest {
  private Path work;
  private Path data;
  private TinyEvaluation expected;

  @BeforeAll
  void runOnce(@TempDir Path directory) {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    expected = run("expected", 1, TinyEvaluation.options());
    assertThat(expected.metrics()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1,1,keep", "1,3,recompute", "2,1,keep", "2,2,recompute", "2,7,keep", "2,3,auto"})
  void coresPartitionsAndKeepingChangeNothing(int cores, int partitions, String patches) {
    EvaluationOptions.Builder options =
        TinyEvaluation.options()
            .partitions(partitions)
            .trainPatches(TrainPatches.valueOf(patches.toUpperCase(Locale.ROOT)));

    TinyEvaluation figures = run(cores + "-" + partitions + "-" + patches, cores, options);

    assertThat(figures).isEqualTo(expected);
  }

  private TinyEvaluation run(String name, int cores, EvaluationOptions.Builder options) {
    SparkSession spark = Sparks.local(cores);
    return TinyEvaluation.run(spark, data, work.resolve(name), options.build());
  }
}
