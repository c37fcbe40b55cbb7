package io.nightjar.job.bank;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.CategoryBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Makes the one bank that all categories are compared with, before any of them begins. Closing it
 * frees the bank.
 */
public final class SharedBankFactory implements CategoryWork<SharedBank>, AutoCloseable {
  private final SharedSource source;
  private final BankFactory making;
  private Optional<SharedBank> made = Optional.empty();

  /** A making that has not begun. */
  public SharedBankFactory(
      JavaSparkContext spark,
      Broadcast<BackboneModel> backbone,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      SharedSource source,
      Progress progress) {
    StageReport stages = new StageReport(spark, UnifiedImages.NAME, progress);
    this.source = source;
    this.making =
        new BankFactory(
            spark,
            configuration,
            options,
            new CategoryPasses(spark, backbone, configuration, options, stages, source.ofAll()),
            stages,
            new StageClock(),
            new ArrayList<>());
  }

  @Override
  public String category() {
    return UnifiedImages.NAME;
  }

  @Override
  public SharedBank run() {
    CategoryBank bank = source.bank(making);
    SharedBank shared =
        new SharedBank(
            bank,
            source.images(making.passes()),
            source.categories(),
            List.copyOf(making.notes()),
            making.clock().seconds());
    made = Optional.of(shared);
    return shared;
  }

  @Override
  public String summary(SharedBank shared) {
    return shared.summary();
  }

  /** Also after a cancelled run, whose outcome nobody gets. */
  @Override
  public void close() {
    made.ifPresent(shared -> shared.bank().close());
  }
}
