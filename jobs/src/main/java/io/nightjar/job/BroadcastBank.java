package io.nightjar.job;

import io.nightjar.backbone.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.MemoryBank;
import io.nightjar.pca.PrincipalComponents;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A bank that every executor holds as a whole. */
final class BroadcastBank implements CategoryBank {
  private final JavaSparkContext spark;
  private final EvaluationOptions options;
  private final BankPlace place;
  private final Broadcast<LinearReduction> reduction;
  private final Broadcast<MemoryBank> bank;
  // A broadcast's own id starts anew with every Spark context of a process.
  private final long searchKey = UUID.randomUUID().getMostSignificantBits();

  BroadcastBank(
      JavaSparkContext spark,
      PrincipalComponents components,
      MemoryBank bank,
      EvaluationOptions options) {
    this.spark = spark;
    this.options = options;
    this.place = new BankPlace(bank.rows(), bank.dimension(), 0);
    this.reduction = spark.broadcast(components.reduction());
    this.bank = spark.broadcast(bank);
  }

  @Override
  public BankPlace place() {
    return place;
  }

  @Override
  public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    stages.begin("score test images", CategoryBank.images(chunks), scoring.embedding().handled());
    int partitions = options.measure().partitions().orElse(Math.max(1, chunks.size()));
    return ScoredPart.gather(
        spark
            .parallelize(chunks, partitions)
            .mapPartitions(
                new ScorePass(scoring, reduction, bank, searchKey, options.neighbours())));
  }

  @Override
  public void close() {
    BankSearches.release(searchKey);
    bank.destroy();
    reduction.destroy();
  }
}
