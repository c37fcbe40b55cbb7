package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.Architecture;
import io.nightjar.backbone.EmbeddingSpec;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.EvaluationOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What searching a bank in shards costs. Its name keeps it out of the build; run it with {@code mvn
 * -pl jobs test -Dtest=ShardedBankBenchmark}.
 */
class ShardedBankBenchmark {
  @TempDir private Path work;

  /**
   * A bank of 2.5 GiB with executors of 1 GiB; {@code -Dshards.rows}, {@code -Dshards.dimension}
   * and {@code -Dshards.images} change its size and the number of queries.
   */
  @Test
  void largerThanAnyHeap() throws Exception {
    int exit =
        LargeBank.run(
            System.getProperty("shards.rows", "4000000"),
            System.getProperty("shards.dimension", "167"),
            System.getProperty("shards.images", "20"));

    assertThat(exit).isZero();
  }

  /** MVTec AD's bottle, broadcast and in shards by turns. */
  @Test
  void againstBroadcast() throws IOException {
    TrunkModel trunk =
        TrunkModel.load(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            SharedFiles.resnet50V1Weights().toString(),
            Optional.empty(),
            new Configuration());
    try (SparkSession spark = Sparks.local(Runtime.getRuntime().availableProcessors())) {
      for (int round = 0; round < Integer.getInteger("shards.rounds", 3); round++) {
        double whole = scoreSeconds(spark, trunk, "whole", 2L << 30);
        double sharded = scoreSeconds(spark, trunk, "sharded", 16L << 20);
        System.out.printf(
            "round %d: score %.2f s broadcast, %.2f s in shards of at most 16 MiB: %.2f times%n",
            round, whole, sharded, sharded / whole);
        assertThat(figures("sharded")).isEqualTo(figures("whole"));
      }
    }
    System.out.println("figures are identical");
  }

  private double scoreSeconds(SparkSession spark, TrunkModel trunk, String out, long limit) {
    CategoryResult result =
        new EvaluateDataset(spark)
            .data(SharedFiles.mvtecAd().toString())
            .categories(List.of("bottle"))
            .trunk(trunk)
            .out(work.resolve(out).toString())
            .overwrite(true)
            .options(EvaluationOptions.builder().broadcastLimit(limit).build())
            .execute()
            .report()
            .categories()
            .get(0);
    System.out.printf("%s: %s %s%n", out, result.stageSeconds(), result.notes());
    return result.stageSeconds().get("score");
  }

  /** All lines of metrics.json but the time it took. */
  private List<String> figures(String out) throws IOException {
    return Files.readAllLines(work.resolve(out).resolve("metrics.json")).stream()
        .filter(line -> !line.strip().startsWith("\"seconds\" :"))
        .toList();
  }
}
