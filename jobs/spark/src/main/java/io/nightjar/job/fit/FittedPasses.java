package io.nightjar.job.fit;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.pca.components.PatchReduction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passes over a bank's normal images after the first of them, and the reduction that it gave.
 * Closing it frees what was kept for the second.
 */
public record FittedPasses(
    FitPasses passes, PatchReduction reduction, CategoryPasses category, ChunkEmbedding embedding)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FittedPasses.class);

  /**
   * Fits the components to the readable ones of the images, and measures what a cell of the grid
   * counts, if the plan has it count.
   *
   * @throws CategoryFailedException if there are none, or too many turn out to be unreadable, or
   *     there is a single one whose distance from others is to be measured
   */
  public static FittedPasses of(List<ImageRef> normal, CategoryPasses passes, FitPlan plan) {
    while (true) {
      try {
        return once(normal, passes, plan);
      } catch (ChangedFilesException e) {
        LOG.warn("{}: fitted again without files that changed", passes.stages().category(), e);
      }
    }
  }

  private static FittedPasses once(List<ImageRef> normal, CategoryPasses passes, FitPlan plan) {
    ChunkEmbedding embedding = passes.embedding();
    FitPasses over = passes.fitPasses(normal, embedding, plan);
    try {
      FittedPasses fitted =
          new FittedPasses(over, passes.fit(over, embedding, normal, plan), passes, embedding);
      return plan.bank().position() == 0 ? fitted : fitted.placed(normal, plan);
    } catch (Throwable e) { // whatever it was, what is kept between the passes is freed
      over.close();
      throw e;
    }
  }

  /** How the place on the grid counts in the rows; empty where it does not. */
  public Optional<BankManifest.Position> position(FitPlan plan) {
    return reduction
        .position()
        .map(place -> new BankManifest.Position(plan.bank().position(), place.step()));
  }

  /** The same with the place on the grid in the rows. */
  private FittedPasses placed(List<ImageRef> normal, FitPlan plan) {
    List<ImageRef> readable = category.readable(normal);
    if (readable.size() < 2) {
      throw new CategoryFailedException(
          "The option --position needs the distance between normal images, but there is one"
              + " readable image; add images, or leave the option out.",
          category.quarantine().files());
    }
    category.stages().begin("measure the distances of normal images");
    double distance = verified(() -> passes.normalDistance(reduction, readable), unused -> {});
    EmbeddingSpec spec = category.spec();
    return new FittedPasses(
        passes,
        reduction.with(
            new GridPosition(spec.grid(), plan.bank().position() * distance, spec.tiles())),
        category,
        embedding);
  }

  /**
   * Makes something of the images once more, after which they must be what they were.
   *
   * @throws ChangedFilesException if one is not; it is left out from then on
   */
  public <T> T verified(Supplier<T> work, Consumer<T> discard) {
    T made;
    try {
      made = work.get();
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      requireUnchanged();
      throw e;
    }
    try {
      requireUnchanged();
      return made;
    } catch (Throwable e) { // whatever it was, the executors hold what was made
      discard.accept(made);
      throw e;
    }
  }

  private void requireUnchanged() {
    if (category.settle(embedding)) {
      throw new ChangedFilesException();
    }
  }

  @Override
  public void close() {
    passes.close();
  }
}
