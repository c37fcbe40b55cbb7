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
final class BroadcastBank implements AutoCloseable {
  private final JavaSparkContext spark;
  private final int neighbours;
  private final Broadcast<LinearReduction> reduction;
  private final Broadcast<MemoryBank> bank;
  // A broadcast's own id starts anew with every Spark context of a process.
  private final long searchKey = UUID.randomUUID().getMostSignificantBits();

  /**
   * Hands the bank to the executors.
   *
   * @param neighbours rows whose mean distance is a patch's score
   */
  BroadcastBank(
      JavaSparkContext spark, PrincipalComponents components, MemoryBank bank, int neighbours) {
    this.spark = spark;
    this.neighbours = neighbours;
    this.reduction = spark.broadcast(components.reduction());
    this.bank = spark.broadcast(bank);
  }

  /**
   * Scores images.
   *
   * @param chunks one batch each
   */
  ScoredPart score(
      List<Chunk> chunks, int partitions, ChunkEmbedding embedding, MapMeasure measure) {
    return ScoredPart.gather(
        spark
            .parallelize(chunks, partitions)
            .mapPartitions(
                new ScorePass(embedding, reduction, bank, searchKey, neighbours, measure)));
  }

  /** Frees what the executors hold. */
  @Override
  public void close() {
    BankSearches.release(searchKey);
    bank.destroy();
    reduction.destroy();
  }
}
