package io.nightjar.job.evaluate;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.KnownDistances;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.DistanceSink;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.search.CategoryBank;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Scores test images with what is known of them: the distances of some are in the store and are
 * counted again, those of the others are searched and kept. The counts are integers, so that the
 * figures do not depend on which were which.
 *
 * @param store of the category
 * @param bank what identifies the bank; empty where distances are neither taken nor kept
 * @param known distances by the hash of each image's file
 */
record ReusedScoring(
    CategoryPasses passes,
    CategoryStore store,
    Optional<String> bank,
    Map<String, KnownDistances> known) {

  /** An image with its distances, on the way to a task. */
  private record KnownImage(ImageRef ref, KnownDistances distances) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static ReusedScoring of(CategoryPasses passes, CategoryStore store, Optional<String> bank) {
    return new ReusedScoring(passes, store, bank, bank.map(store::distances).orElse(Map.of()));
  }

  /** Whether no image needs to be searched. */
  boolean isComplete(List<ImageRef> images) {
    return passes.readable(images).stream().allMatch(image -> find(image).isPresent());
  }

  private Optional<KnownDistances> find(ImageRef image) {
    return store.hash(image).map(known::get);
  }

  /**
   * Scores the images that were not quarantined so far.
   *
   * @param search opens the bank; it is asked only where an image needs to be searched
   */
  ScoredPart score(List<ImageRef> images, MapMeasure measure, Supplier<CategoryBank> search) {
    while (true) {
      ChunkEmbedding embedding = passes.embedding();
      List<KnownImage> old = new ArrayList<>();
      List<ImageRef> fresh = new ArrayList<>();
      for (ImageRef image : passes.readable(images)) {
        find(image)
            .ifPresentOrElse(
                distances -> old.add(new KnownImage(image, distances)), () -> fresh.add(image));
      }
      store.images(old.size(), fresh.size());
      ScoredPart whole = count(old, new MapScoring(embedding, measure));
      if (!fresh.isEmpty()) {
        DistanceSink sink = bank.map(store::sink).orElse(DistanceSink.NONE);
        whole.merge(
            search
                .get()
                .score(
                    Chunk.cut(fresh, embedding.batchImages()),
                    new MapScoring(embedding, measure, sink),
                    passes.stages()));
      }
      if (!passes.settle(embedding)) {
        return whole.inOrder();
      }
    }
  }

  private ScoredPart count(List<KnownImage> images, MapScoring scoring) {
    if (images.isEmpty()) {
      return ScoredPart.empty();
    }
    ChunkEmbedding embedding = scoring.embedding();
    passes.stages().begin("count known test images", images.size(), embedding.handled());
    return ScoredPart.gather(
        passes
            .run()
            .spark()
            .parallelize(images, passes.run().partitionsOf(images.size()))
            .mapPartitions(
                some -> {
                  ScoredPart part = ScoredPart.empty();
                  while (some.hasNext()) {
                    SecondPass.endIfCancelled();
                    KnownImage image = some.next();
                    KnownDistances distances = image.distances();
                    // It was read, if only for its hash.
                    embedding
                        .outcomes()
                        .add(new FileOutcome(image.ref().relativePath(), distances.sha256(), ""));
                    scoring.score(List.of(distances.source(image.ref())), distances.values(), part);
                    embedding.handled().add(1);
                  }
                  return List.of(part).iterator();
                }));
  }
}
