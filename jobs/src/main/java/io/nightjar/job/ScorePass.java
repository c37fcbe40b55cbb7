package io.nightjar.job;

import io.nightjar.backbone.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.MemoryBank;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the test images with a bank that every executor holds: embed and reduce, search,
 * upsample and count. What leaves the task is counts, and one 28x28 map and packed mask an image.
 */
record ScorePass(
    MapScoring scoring,
    Broadcast<LinearReduction> reduction,
    Broadcast<MemoryBank> bank,
    long searchKey,
    int neighbours)
    implements FlatMapFunction<Iterator<Chunk>, ScoredPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScoredPart> call(Iterator<Chunk> chunks) {
    ScoredPart part = ScoredPart.empty();
    try (BankSearches.Lease lease = BankSearches.acquire(searchKey, bank::value)) {
      Iterator<EmbeddedBatch<float[]>> batches =
          scoring.embedding().batches(chunks, reduction.value());
      while (batches.hasNext()) {
        EmbeddedBatch<float[]> batch = batches.next();
        int queries = batch.images().size() * scoring.patches();
        scoring.score(
            batch.sources(),
            lease.search().meanDistances(batch.patches(), queries, neighbours),
            part);
      }
    }
    return List.of(part).iterator();
  }
}
