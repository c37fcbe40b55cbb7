package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A bank that every executor holds as a whole, with the index that searches it. */
public final class BroadcastBank implements CategoryBank {
  private final RunContext run;
  private final SearchOptions options;
  private final BankPlace place;
  private final Broadcast<LinearReduction> reduction;
  private final Broadcast<MemoryBank> bank;
  private final Broadcast<SearchIndex> index;
  // A broadcast's own id starts again with every Spark context of a process.
  private final long searchKey = UUID.randomUUID().getMostSignificantBits();
  private final long exactKey = UUID.randomUUID().getMostSignificantBits();

  /** Sends a bank and its index to the executors; {@link #close} frees both there. */
  public BroadcastBank(
      RunContext run,
      PatchReduction fitted,
      MemoryBank bank,
      SearchIndex index,
      SearchOptions options) {
    JavaSparkContext spark = run.spark();
    this.run = run;
    this.options = options;
    this.place = BankPlace.whole(bank.rows(), bank.dimension());
    this.reduction = spark.broadcast(fitted.linear());
    this.bank = spark.broadcast(bank);
    this.index = spark.broadcast(index);
  }

  @Override
  public BankPlace place() {
    return place;
  }

  @Override
  public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    stages.begin(
        "score test images",
        Counted.IMAGES,
        CategoryBank.images(chunks),
        scoring.embedding().handled());
    return ScoredPart.gather(
        parallel(chunks)
            .mapPartitions(
                new ScorePass(scoring, reduction, bank, index, searchKey, options.neighbours())));
  }

  @Override
  public Optional<SearchQuality> check(
      List<Chunk> sample, MapScoring scoring, StageReport stages, Fallbacks fallbacks) {
    if (options.method().isExact() || sample.isEmpty()) {
      return Optional.empty();
    }
    stages.begin(
        "check the search",
        Counted.IMAGES,
        CategoryBank.images(sample),
        scoring.embedding().handled());
    List<CheckedBatch> batches =
        parallel(sample)
            .mapPartitions(
                new SearchCheckPass(
                    scoring, reduction, bank, index, searchKey, exactKey, options.neighbours()))
            .collect();
    CategoryCounts found = new CategoryCounts();
    CategoryCounts exact = new CategoryCounts();
    AnswerComparison answers = AnswerComparison.NONE;
    for (CheckedBatch batch : batches) {
      found.merge(batch.found().counts());
      exact.merge(batch.exact().counts());
      answers = answers.plus(batch.answers());
    }
    return Optional.of(
        new SearchQuality(
            options.method().name(),
            options.method().settings(),
            CategoryBank.images(sample),
            SearchSample.SEED,
            answers.queries(),
            answers.recall(),
            answers.meanRelativeError(),
            found.metrics().pixel().auprc(),
            exact.metrics().pixel().auprc(),
            fallbacks.widened(),
            fallbacks.exhaustive()));
  }

  private JavaRDD<Chunk> parallel(List<Chunk> chunks) {
    return run.spark().parallelize(chunks, run.partitions(Math.max(1, chunks.size())));
  }

  @Override
  public void close() {
    BankSearches.release(searchKey);
    BankSearches.release(exactKey);
    index.destroy();
    bank.destroy();
    reduction.destroy();
  }
}
