package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.testing.LocalCluster;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Slice;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a bank is broadcast or searched in shards, figures and maps are the same to the bit. */
@Tag("slow")
class ShardedBankEvaluationTest {
  // One row of the tiny network's unreduced patches: 64 + 128 + 256 channels.
  private static final long ROW_BYTES = 448 * 4;

  @TempDir private Path work;

  @Test
  void shardsOfAFewRowsGiveTheSameFiguresAndMaps() throws IOException {
    Path data = TinyDataset.generate(work.resolve("data"));
    SparkSession spark = Sparks.local(2);
    for (int neighbours : List.of(1, 3)) {
      TinyEvaluation whole =
          run(spark, data, "whole", TinyEvaluation.options().neighbours(neighbours));
      TinyEvaluation sharded =
          run(
              spark,
              data,
              "sharded",
              TinyEvaluation.options().neighbours(neighbours).broadcastLimit(ROW_BYTES));

      assertThat(sharded).isEqualTo(whole);
      assertThat(bank("whole", "carpet").get("placement").asText()).isEqualTo("broadcast");
      JsonNode bank = bank("sharded", "carpet");
      assertThat(bank.get("placement").asText()).isEqualTo("sharded");
      assertThat(bank.get("rows").asLong()).isEqualTo(9 * 64);
      assertThat(bank.get("shards").asLong()).isGreaterThan(2);
    }
    assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
        .isEmpty();
  }

  @Test
  void shardsOnExecutorsOfTheirOwnGiveTheSameFiguresAndMaps() throws IOException {
    Path data = TinyDataset.generate(work.resolve("data"));
    TinyEvaluation whole = run(Sparks.local(2), data, "whole", TinyEvaluation.options());
    try (SparkSession cluster = LocalCluster.start(2, 1, Map.of())) {
      assertThat(
              run(cluster, data, "cluster", TinyEvaluation.options().broadcastLimit(8 * ROW_BYTES)))
          .isEqualTo(whole);
    }
  }

  @Test
  void realPatchesGiveTheSameFiguresAndMaps() throws IOException {
    Path data = Slice.load().layOut(work.resolve("slice"));
    BackboneModel backbone =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            WeightFiles.load(
                SharedFiles.resnet50V1Weights().toString(), Optional.empty(), new Configuration()));
    SparkSession spark = Sparks.local(2);
    List<String> whole = evaluate(spark, data, backbone, "whole", 2L << 30);
    List<String> sharded = evaluate(spark, data, backbone, "sharded", 1 << 20);

    assertThat(sharded).isEqualTo(whole);
    assertThat(bank("sharded", "bottle").get("shards").asLong()).isGreaterThan(3);
    assertThat(figures("sharded")).isEqualTo(figures("whole"));
  }

  @Test
  void aLimitSmallerThanOneRowIsRefusedBeforeAnyWork() {
    Path data = TinyDataset.generate(work.resolve("data"));
    SparkSession spark = Sparks.local(2);
    assertThatThrownBy(
            () -> run(spark, data, "none", TinyEvaluation.options().broadcastLimit(1791)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--broadcast-limit is 1791 bytes")
        .hasMessageContaining("can take 1792");
    assertThat(work.resolve("none1")).doesNotExist();
  }

  private TinyEvaluation run(
      SparkSession spark, Path data, String out, EvaluationOptions.Builder options) {
    EvaluationOptions chosen = options.build();
    return TinyEvaluation.run(
        spark, data, work.resolve(out + chosen.search().neighbours()), chosen);
  }

  private List<String> evaluate(
      SparkSession spark, Path data, BackboneModel backbone, String out, long limit) {
    Path folder = work.resolve(out + 1);
    new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(backbone)
        .out(folder.toString())
        .options(EvaluationOptions.builder().broadcastLimit(limit).build())
        .execute();
    return spark
        .read()
        .parquet(folder.resolve("maps").toString())
        .orderBy("path")
        .toJSON()
        .collectAsList();
  }

  private JsonNode bank(String out, String category) throws IOException {
    return new ObjectMapper()
        .readTree(work.resolve(out + 1).resolve("run.json").toFile())
        .get("banks")
        .get(category);
  }

  /** All lines of metrics.json but the time it took. */
  private List<String> figures(String out) throws IOException {
    return Files.readAllLines(work.resolve(out + 1).resolve("metrics.json")).stream()
        .filter(line -> !line.strip().startsWith("\"seconds\" :"))
        .toList();
  }
}
