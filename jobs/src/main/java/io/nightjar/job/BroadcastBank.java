package io.nightjar.job;

import io.nightjar.backbone.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.Detours;
import io.nightjar.bank.MemoryBank;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A bank that every executor holds as a whole, with the index that searches it. */
final class BroadcastBank implements AutoCloseable {
  private final JavaSparkContext spark;
  private final EvaluationOptions options;
  private final Broadcast<LinearReduction> reduction;
  private final Broadcast<MemoryBank> bank;
  private final Broadcast<SearchIndex> index;
  // A broadcast's own id starts anew with every Spark context of a process.
  private final long searchKey = UUID.randomUUID().getMostSignificantBits();
  private final long exactKey = UUID.randomUUID().getMostSignificantBits();

  BroadcastBank(
      JavaSparkContext spark,
      PrincipalComponents components,
      MemoryBank bank,
      SearchIndex index,
      EvaluationOptions options) {
    this.spark = spark;
    this.options = options;
    this.reduction = spark.broadcast(components.reduction());
    this.bank = spark.broadcast(bank);
    this.index = spark.broadcast(index);
  }

  /**
   * Scores test images.
   *
   * @param chunks one batch each
   * @param stages told how far it has come
   */
  ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    stages.begin("score test images", images(chunks), scoring.embedding().handled());
    return ScoredPart.gather(
        parallel(chunks)
            .mapPartitions(
                new ScorePass(scoring, reduction, bank, index, searchKey, options.neighbours())));
  }

  /**
   * Holds the search against the exact one.
   *
   * @param sample one batch each, at least one
   * @param detours of the whole run
   */
  SearchQuality check(List<Chunk> sample, MapScoring scoring, StageReport stages, Detours detours) {
    stages.begin("check the search", images(sample), scoring.embedding().handled());
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
    return new SearchQuality(
        options.search().name(),
        options.search().settings(),
        images(sample),
        SearchSample.SEED,
        answers.queries(),
        answers.recall(),
        answers.meanRelativeError(),
        found.metrics().pixel().auprc(),
        exact.metrics().pixel().auprc(),
        detours.widened(),
        detours.exhaustive());
  }

  private JavaRDD<Chunk> parallel(List<Chunk> chunks) {
    return spark.parallelize(
        chunks, options.measure().partitions().orElse(Math.max(1, chunks.size())));
  }

  private static int images(List<Chunk> chunks) {
    return chunks.stream().mapToInt(chunk -> chunk.images().size()).sum();
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
