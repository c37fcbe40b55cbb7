package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own find the bits that one process finds. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparateExecutorsTest {
  // One row of the tiny network's unreduced patches: 64 + 128 + 256 channels.
  private static final long ROW_BYTES = 448 * 4;

  private Path work;
  private Path data;
  private TinyEvaluation expected;
  private TinyEvaluation unified;
  private SparkSession cluster;

  @BeforeAll
  void evaluateInOneProcess(@TempDir Path directory) throws IOException {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    SparkSession local = Sparks.local(2);
    expected = run(local, "expected", TinyEvaluation.options());
    unified = run(local, "unified", TinyEvaluation.options().scope(BankScope.UNIFIED));
    cluster = LocalCluster.start(2, 1, Map.of());
  }

  @AfterAll
  void stopTheCluster() {
    cluster.stop();
  }

  @Test
  void withABroadcastBank() throws IOException {
    assertThat(run(cluster, "broadcast", TinyEvaluation.options())).isEqualTo(expected);

    // The driver counts as one.
    assertThat(cluster.sparkContext().statusTracker().getExecutorInfos()).hasSize(3);
    assertThat(placement("broadcast", "carpet")).isEqualTo("broadcast");
  }

  @Test
  void withABankInShards() throws IOException {
    assertThat(run(cluster, "shards", TinyEvaluation.options().broadcastLimit(8 * ROW_BYTES)))
        .isEqualTo(expected);

    assertThat(placement("shards", "carpet")).isEqualTo("sharded");
  }

  @Test
  void withOneBankOfAllCategoriesInShards() throws IOException {
    assertThat(
            run(
                cluster,
                "unified-shards",
                TinyEvaluation.options()
                    .scope(BankScope.UNIFIED)
                    .partitions(3)
                    .broadcastLimit(16 * ROW_BYTES)))
        .isEqualTo(unified);

    assertThat(placement("unified-shards", "unified")).isEqualTo("sharded");
  }

  private TinyEvaluation run(SparkSession spark, String out, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(spark, data, work.resolve(out), options.build());
  }

  private String placement(String out, String bank) throws IOException {
    JsonNode run = new ObjectMapper().readTree(work.resolve(out).resolve("run.json").toFile());
    return run.get("banks").get(bank).get("placement").asText();
  }
}
