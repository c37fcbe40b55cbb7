package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.measure.ImageDistances;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the images on which an approximate search is compared with the exact one: both
 * answer the same queries. One result a batch, in the batches' order.
 */
record SearchCheckPass(
    MapScoring scoring,
    Broadcast<LinearReduction> reduction,
    Broadcast<MemoryBank> bank,
    Broadcast<SearchIndex> index,
    long searchKey,
    long exactKey,
    int neighbours)
    implements FlatMapFunction<Iterator<Chunk>, CheckedBatch> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<CheckedBatch> call(Iterator<Chunk> chunks) {
    List<CheckedBatch> checked = new ArrayList<>();
    try (BankSearches.Lease approximate =
            BankSearches.acquire(searchKey, bank::value, index.value()::open);
        BankSearches.Lease exact = BankSearches.acquire(exactKey, bank::value, ExactSearch::new)) {
      Iterator<EmbeddedBatch<float[]>> batches =
          scoring.embedding().batches(chunks, reduction.value());
      ImageDistances ofFound = scoring.images();
      ImageDistances ofExact = scoring.images();
      while (batches.hasNext()) {
        EmbeddedBatch<float[]> batch = batches.next();
        int queries = batch.images().size() * scoring.tilePatches();
        Neighbours found = approximate.search().nearest(batch.patches(), queries, neighbours);
        Neighbours known = exact.search().nearest(batch.patches(), queries, neighbours);
        CheckedBatch both =
            new CheckedBatch(
                ScoredPart.empty(), ScoredPart.empty(), AnswerComparison.of(found, known));
        ofFound.add(
            batch.images(),
            found.meanDistances(),
            (images, distances) -> scoring.score(images, distances, both.found()));
        ofExact.add(
            batch.images(),
            known.meanDistances(),
            (images, distances) -> scoring.score(images, distances, both.exact()));
        checked.add(both);
      }
    }
    return checked.iterator();
  }
}
