package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.measure.ImageDistances;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    Broadcast<SearchIndex> index,
    long searchKey,
    int neighbours)
    implements FlatMapFunction<Iterator<Chunk>, ScoredPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScoredPart> call(Iterator<Chunk> chunks) {
    ScoredPart part = ScoredPart.empty();
    List<Integer> others =
        scoring.sink().otherNeighbours().stream()
            .filter(other -> other <= bank.value().rows())
            .toList();
    int most = Math.max(neighbours, others.stream().mapToInt(k -> k).max().orElse(0));
    try (BankSearches.Lease lease =
        BankSearches.acquire(searchKey, bank::value, index.value()::open)) {
      Iterator<EmbeddedBatch<float[]>> batches =
          scoring.embedding().batches(chunks, reduction.value());
      ImageDistances own = scoring.images();
      Map<Integer, ImageDistances> ofOthers = new HashMap<>();
      others.forEach(other -> ofOthers.put(other, scoring.images()));
      while (batches.hasNext()) {
        EmbeddedBatch<float[]> batch = batches.next();
        int queries = batch.images().size() * scoring.tilePatches();
        Neighbours found = lease.search().nearest(batch.patches(), queries, most);
        for (int other : others) {
          ofOthers
              .get(other)
              .add(
                  batch.images(),
                  found.meanDistances(other),
                  (images, distances) -> scoring.sink().distances(other, images, distances));
        }
        own.add(
            batch.images(),
            found.meanDistances(neighbours),
            (images, distances) -> scoring.score(images, distances, part));
        part.fallbacks().add(found.fallbacks());
      }
    }
    return List.of(part).iterator();
  }
}
