package io.nightjar.benchmarks.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.benchmarks.support.BottleFiles;
import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.StageWork;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.Sparks;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What searching a bank in shards costs: bottle's, broadcast and in shards by turns. */
@Command(name = "shards", description = "Scoring bottle with its bank broadcast and in shards.")
public final class ShardedBankBenchmark implements Callable<Integer> {
  private static final long SHARD_BYTES = 16L << 20;

  @Mixin private BottleFiles files;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  private Path data;

  @Override
  public Integer call() throws IOException {
    data = files.mvtecAd();
    BackboneModel backbone = files.backbone();
    try (WorkFolder work = new WorkFolder()) {
      compare(backbone, work.path());
    }
    return 0;
  }

  private void compare(BackboneModel backbone, Path work) throws IOException {
    try (SparkSession spark = Sparks.local(Runtime.getRuntime().availableProcessors())) {
      for (int round = 0; round < rounds; round++) {
        Cost whole = score(spark, backbone, work.resolve("whole"), 2L << 30);
        Cost sharded = score(spark, backbone, work.resolve("sharded"), SHARD_BYTES);
        System.out.printf(
            Locale.ROOT,
            "round %d: %s broadcast, %s in shards: %.2f times the processor time%n",
            round,
            whole,
            sharded,
            sharded.processorSeconds / whole.processorSeconds);
        assertThat(WorkFolder.figures(work.resolve("sharded")))
            .isEqualTo(WorkFolder.figures(work.resolve("whole")));
      }
    }
    System.out.println("figures are identical");
  }

  private Cost score(SparkSession spark, BackboneModel backbone, Path out, long limit) {
    ScoreClock clock = new ScoreClock();
    CategoryResult result =
        new EvaluateDataset(spark)
            .data(data.toString())
            .categories(List.of(BottleFiles.CATEGORY))
            .backbone(backbone)
            .out(out.toString())
            .overwrite(true)
            .options(EvaluationOptions.builder().broadcastLimit(limit).build())
            .progress(clock)
            .execute()
            .report()
            .categories()
            .get(0);
    return new Cost(result.stageSeconds().get("score"), clock.processorSeconds);
  }

  private record Cost(double seconds, double processorSeconds) {
    @Override
    public String toString() {
      return Text.format("score %.2f s (processor %.2f s)", seconds, processorSeconds);
    }
  }

  /** This process's processor time in the stages that make up the scoring. */
  private static final class ScoreClock implements Progress {
    private boolean scoring;
    private double began;
    private double processorSeconds;

    @Override
    public synchronized void stage(String category, StageWork work) {
      double now = ProcessorTime.processSeconds();
      if (scoring) {
        processorSeconds += now - began;
      }
      began = now;
      scoring = work.name().contains("test images") || work.name().startsWith("search");
    }
  }
}
