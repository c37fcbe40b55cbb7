package io.nightjar.job.fit;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.pca.components.PrincipalComponents;
import java.util.List;

/**
 * The passes over a bank's normal images after the first of them, and the components that it gave.
 * Closing it frees what was kept for the second.
 */
public record FittedPasses(FitPasses passes, PrincipalComponents components)
    implements AutoCloseable {

  /**
   * Fits the components to the readable ones of the images.
   *
   * @throws CategoryFailedException if there are none, or too many turn out to be unreadable
   */
  public static FittedPasses of(List<ImageRef> normal, CategoryPasses passes, FitPlan plan) {
    ChunkEmbedding embedding = passes.embedding();
    FitPasses over = passes.fitPasses(normal, embedding, plan);
    try {
      return new FittedPasses(over, passes.fit(over, embedding, normal, plan));
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      over.close();
      throw e;
    }
  }

  @Override
  public void close() {
    passes.close();
  }
}
