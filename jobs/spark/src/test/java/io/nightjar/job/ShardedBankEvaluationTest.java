package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    EvaluateDataset evaluation =
        new EvaluateDataset(spark)
            .data(data.toString())
            .categories(List.of("carpet"))
            .backbone(TinyDataset.backbone())
            .options(chosen);
    return TinyEvaluation.run(spark, evaluation, work.resolve(out + chosen.search().neighbours()));
  }

  private JsonNode bank(String out, String category) throws IOException {
    return new ObjectMapper()
        .readTree(work.resolve(out + 1).resolve("run.json").toFile())
        .get("banks")
        .get(category);
  }
}
