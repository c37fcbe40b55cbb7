package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
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
    BackboneModel backbone =
        BackboneModel.load(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            SharedFiles.resnet50V1Weights().toString(),
            Optional.empty(),
            new Configuration());
    try (SparkSession spark = Sparks.local(Runtime.getRuntime().availableProcessors())) {
      for (int round = 0; round < Integer.getInteger("shards.rounds", 3); round++) {
        Cost whole = score(spark, backbone, "whole", 2L << 30);
        Cost sharded = score(spark, backbone, "sharded", 16L << 20);
        System.out.printf(
            Locale.ROOT,
            "round %d: %s broadcast, %s in shards: %.2f times the processor time%n",
            round,
            whole,
            sharded,
            sharded.processorSeconds / whole.processorSeconds);
        assertThat(figures("sharded")).isEqualTo(figures("whole"));
      }
    }
    System.out.println("figures are identical");
  }

  private Cost score(SparkSession spark, BackboneModel backbone, String out, long limit) {
    ScoreClock clock = new ScoreClock();
    CategoryResult result =
        new EvaluateDataset(spark)
            .data(SharedFiles.mvtecAd().toString())
            .categories(List.of("bottle"))
            .backbone(backbone)
            .out(work.resolve(out).toString())
            .overwrite(true)
            .options(EvaluationOptions.builder().broadcastLimit(limit).build())
            .progress(clock)
            .execute()
            .report()
            .categories()
            .get(0);
    return new Cost(result.stageSeconds().get("score"), clock.processorNanos / 1e9);
  }

  private record Cost(double seconds, double processorSeconds) {
    @Override
    public String toString() {
      return Text.format("score %.2f s (processor %.2f s)", seconds, processorSeconds);
    }
  }

  /** This process's processor time in the stages that make up the scoring. */
  private static final class ScoreClock implements Progress {
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private boolean scoring;
    private long began;
    private long processorNanos;

    @Override
    public synchronized void stage(String category, String stage, long total, LongSupplier done) {
      long now = system.getProcessCpuTime();
      if (scoring) {
        processorNanos += now - began;
      }
      began = now;
      scoring = stage.contains("test images") || stage.startsWith("search");
    }
  }

  /** All lines of metrics.json but the time it took. */
  private List<String> figures(String out) throws IOException {
    return Files.readAllLines(work.resolve(out).resolve("metrics.json")).stream()
        .filter(line -> !line.strip().startsWith("\"seconds\" :"))
        .toList();
  }
}
