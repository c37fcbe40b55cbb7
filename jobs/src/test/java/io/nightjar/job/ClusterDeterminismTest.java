package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own change nothing. */
class ClusterDeterminismTest {
  @Test
  void twoExecutorProcessesGiveTheBitsOfOneThread(@TempDir Path work) throws IOException {
    Path data = TinyDataset.generate(work.resolve("data"));
    EvaluationOptions options = TinyEvaluation.options().build();
    TinyEvaluation expected;
    try (SparkSession spark = Sparks.local(1)) {
      expected = TinyEvaluation.run(spark, data, work.resolve("thread"), options);
    }

    try (SparkSession spark = LocalCluster.start(2, 1, Map.of())) {
      TinyEvaluation figures = TinyEvaluation.run(spark, data, work.resolve("cluster"), options);

      assertThat(spark.sparkContext().statusTracker().getExecutorInfos()).hasSize(3);
      assertThat(figures).isEqualTo(expected);
    }
  }
}
