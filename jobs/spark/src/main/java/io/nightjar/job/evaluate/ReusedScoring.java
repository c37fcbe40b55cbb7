package io.nightjar.job.evaluate;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.artifact.KeptScores;
import io.nightjar.job.artifact.KnownCounts;
import io.nightjar.job.artifact.KnownDistances;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.ScoringSink;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.search.CategoryBank;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Scores test images with what is known of them: the counts of some are in the store, of others the
 * distances, which are counted again, and the rest is searched and kept. The counts are integers,
 * so that the figures do not depend on which were which.
 *
 * @param store what is kept of the category's test images
 * @param bank what identifies the bank; empty where nothing is taken or kept
 * @param counted whether counts are taken and kept as well
 * @param counts of images as they were when the scoring was planned
 * @param known distances by the hash of each image's file
 */
record ReusedScoring(
    CategoryPasses passes,
    KeptScores store,
    Optional<String> bank,
    MapMeasure measure,
    boolean counted,
    KnownCounts counts,
    Map<String, KnownDistances> known) {

  /** An image with its distances, on the way to a task. */
  private record KnownImage(ImageRef ref, KnownDistances distances) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** With counts where the store has them, for figures. */
  static ReusedScoring of(
      CategoryPasses passes,
      KeptScores store,
      Optional<String> bank,
      MapMeasure measure,
      List<ImageRef> images) {
    ReusedScoring distances = ofDistances(passes, store, bank, measure, store.keepsCounts());
    return new ReusedScoring(
        passes,
        store,
        bank,
        measure,
        distances.counted(),
        distances.counts(passes.readable(images)),
        distances.known());
  }

  /** With distances alone, for maps. */
  static ReusedScoring ofDistances(
      CategoryPasses passes, KeptScores store, String bank, MapMeasure measure) {
    return ofDistances(passes, store, Optional.of(bank), measure, false);
  }

  private static ReusedScoring ofDistances(
      CategoryPasses passes,
      KeptScores store,
      Optional<String> bank,
      MapMeasure measure,
      boolean counted) {
    Map<String, KnownDistances> known = bank.map(store::distances).orElse(Map.of());
    return new ReusedScoring(passes, store, bank, measure, counted, KnownCounts.none(), known);
  }

  private KnownCounts counts(List<ImageRef> images) {
    return counted
        ? bank.map(of -> store.counts(of, measure, images, known)).orElseGet(KnownCounts::none)
        : KnownCounts.none();
  }

  /** How many images need to be searched. */
  int unknown(List<ImageRef> images) {
    return (int)
        passes.readable(images).stream()
            .filter(image -> !counts.holds(image) && find(image).isEmpty())
            .count();
  }

  private Optional<KnownDistances> find(ImageRef image) {
    return store.hash(image).map(known::get);
  }

  /**
   * Scores the images that were not quarantined so far.
   *
   * @param search opens the bank; it is asked only where an image needs to be searched
   */
  ScoredPart score(List<ImageRef> images, Supplier<CategoryBank> search) {
    KnownCounts taken = counts;
    while (true) {
      ChunkEmbedding embedding = passes.embedding();
      List<KnownImage> old = new ArrayList<>();
      List<ImageRef> fresh = new ArrayList<>();
      for (ImageRef image : passes.readable(images)) {
        if (!taken.holds(image)) {
          find(image)
              .ifPresentOrElse(
                  distances -> old.add(new KnownImage(image, distances)), () -> fresh.add(image));
        }
      }
      int ofCounts = taken.images().size();
      store.images(ofCounts + old.size(), ofCounts, fresh.size());
      taken.outcomes().forEach(embedding.outcomes()::add);
      ScoredPart whole = ScoredPart.empty().merge(taken.part());
      whole.merge(count(old, new MapScoring(embedding, measure, sink(false))));
      if (!fresh.isEmpty()) {
        whole.merge(
            search
                .get()
                .score(
                    Chunk.cut(fresh, embedding.backbone().imagesOf(embedding.batchImages())),
                    new MapScoring(passes.keeping(embedding, fresh), measure, sink(true)),
                    passes.stages()));
      }
      if (!passes.settle(embedding)) {
        if (counted && (!old.isEmpty() || !fresh.isEmpty())) {
          bank.ifPresent(of -> store.keepCounts(of, measure, whole));
        }
        return whole.inOrder();
      }
      // Of images that are left out from now on, the others of their batches are counted again.
      taken = counts(passes.readable(images));
    }
  }

  private ScoringSink sink(boolean isSearched) {
    return bank.map(of -> store.sink(of, measure, isSearched, counted)).orElse(ScoringSink.NONE);
  }

  private ScoredPart count(List<KnownImage> images, MapScoring scoring) {
    if (images.isEmpty()) {
      return ScoredPart.empty();
    }
    ChunkEmbedding embedding = scoring.embedding();
    passes
        .stages()
        .begin("count known test images", Counted.IMAGES, images.size(), embedding.handled());
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
                    countBatch(some, scoring, part);
                  }
                  return List.of(part).iterator();
                }));
  }

  private static void countBatch(Iterator<KnownImage> images, MapScoring scoring, ScoredPart part) {
    ChunkEmbedding embedding = scoring.embedding();
    int patches = scoring.patches();
    List<SourceImage> batch = new ArrayList<>();
    int most = embedding.backbone().imagesOf(embedding.batchImages());
    float[] distances = new float[Math.multiplyExact(most, patches)];
    while (images.hasNext() && batch.size() < most) {
      KnownImage image = images.next();
      System.arraycopy(image.distances().values(), 0, distances, batch.size() * patches, patches);
      batch.add(image.distances().source(image.ref()));
      // It was read, if only for its hash.
      embedding
          .outcomes()
          .add(new FileOutcome(image.ref().relativePath(), image.distances().sha256(), ""));
    }
    scoring.score(batch, distances, part);
    embedding.handled().add(batch.size());
  }
}
