package io.nightjar.job;

import io.nightjar.backbone.LinearReduction;
import io.nightjar.backbone.Sha256;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.MemoryBank;
import io.nightjar.bank.NearestSearch;
import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.Dimensions;
import io.nightjar.dataset.GroundTruth;
import io.nightjar.score.AnomalyMap;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * The pass over the test images: embed and reduce, search, upsample and count. What leaves the task
 * is counts, and one 28x28 map and packed mask an image.
 */
record ScorePass(
    ChunkEmbedding embedding,
    Broadcast<LinearReduction> reduction,
    Broadcast<MemoryBank> bank,
    long searchKey,
    int neighbours,
    MapMeasure measure)
    implements FlatMapFunction<Iterator<Chunk>, ScoredPart> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScoredPart> call(Iterator<Chunk> chunks) {
    ScoredPart part = ScoredPart.empty();
    try (BankSearches.Lease lease = BankSearches.acquire(searchKey, bank::value)) {
      Iterator<EmbeddedBatch<float[]>> batches = embedding.batches(chunks, reduction.value());
      while (batches.hasNext()) {
        score(batches.next(), lease.search(), part);
      }
    }
    return List.of(part).iterator();
  }

  private void score(EmbeddedBatch<float[]> batch, NearestSearch search, ScoredPart part) {
    int grid = embedding.trunk().value().spec().grid();
    int patches = grid * grid;
    int rows = batch.images().size() * patches;
    float[] distances = search.meanDistances(batch.patches(), rows, neighbours);
    for (int i = 0; i < batch.images().size(); i++) {
      float[] values = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      score(batch.images().get(i), new AnomalyMap(values, grid, grid), part);
    }
  }

  private void score(LoadedImage image, AnomalyMap map, ScoredPart part) {
    try {
      GroundTruth truth =
          GroundTruth.of(
              image.ref(),
              new Dimensions(image.width(), image.height()),
              embedding.configuration().value().value());
      part.add(image.ref(), new MapSource.InMemory(map), map, truth.mask(), measure);
      truth
          .encoded()
          .ifPresent(bytes -> enter(image.ref().relativePath() + "#mask", Sha256.of(bytes), ""));
    } catch (DefectiveFileException e) {
      // Without its truth, or with scores that are no numbers, an image cannot be judged.
      enter(image.ref().relativePath(), image.sha256(), e.reason());
    }
  }

  private void enter(String path, String sha256, String reason) {
    embedding.outcomes().add(new FileOutcome(path, sha256, reason));
  }
}
