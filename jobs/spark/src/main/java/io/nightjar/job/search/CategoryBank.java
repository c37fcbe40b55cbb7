package io.nightjar.job.search;

import io.nightjar.bank.search.Fallbacks;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.run.StageReport;
import io.nightjar.report.SearchQuality;
import java.util.List;
import java.util.Optional;

/** The memory bank of a category, ready for the test images, wherever its rows are. */
public interface CategoryBank extends AutoCloseable {

  BankPlace place();

  /**
   * Scores test images; results do not depend on where the rows are.
   *
   * @param chunks one batch each
   * @param stages receives how far it has come
   */
  ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages);

  /** Scores the images that were not quarantined so far. */
  default ScoredPart score(CategoryPasses passes, List<ImageRef> images, MapMeasure measure) {
    while (true) {
      ChunkEmbedding embedding = passes.embedding();
      ScoredPart scored =
          score(passes.batches(images), new MapScoring(embedding, measure), passes.stages());
      // Queries that were lost with an executor are computed again, of files that may have changed.
      if (!passes.settle(embedding)) {
        return scored;
      }
    }
  }

  /**
   * Compares an approximate search with the exact one.
   *
   * @param sample one batch each
   * @param fallbacks of the whole run
   * @return empty where the search is exact or there is no image to check it on
   */
  default Optional<SearchQuality> check(
      List<Chunk> sample, MapScoring scoring, StageReport stages, Fallbacks fallbacks) {
    return Optional.empty();
  }

  /** Frees what the executors hold. */
  @Override
  void close();

  /** Images of chunks. */
  static int images(List<Chunk> chunks) {
    return chunks.stream().mapToInt(chunk -> chunk.images().size()).sum();
  }
}
