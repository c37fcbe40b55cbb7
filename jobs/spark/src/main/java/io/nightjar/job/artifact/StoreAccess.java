package io.nightjar.job.artifact;

import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One category's way to the run's store, on the driver: whatever the store does, the category goes
 * on without it, and what went wrong is reported.
 */
final class StoreAccess {
  private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

  private final RunStore run;
  private final String category;
  private final CategoryPasses passes;
  private final List<String> faults = new ArrayList<>();

  StoreAccess(RunStore run, String category, CategoryPasses passes) {
    this.run = run;
    this.category = category;
    this.passes = passes;
  }

  /** Something that is done with the store. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws Exception;
  }

  RunStore run() {
    return run;
  }

  /** The keys of what depends on the shape of the category's images, once it is known. */
  EvaluationKeys keys() {
    return run.keys().at(passes.backbone().value());
  }

  CategoryPasses passes() {
    return passes;
  }

  /** What went wrong, in sentences. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Enters what went wrong, in a sentence. */
  void fault(String sentence) {
    LOG.warn("{}: {}", category, sentence);
    faults.add(sentence);
  }

  /**
   * Does something with the store.
   *
   * @param name of the artefact, for a message
   * @return empty where it failed
   */
  <T> Optional<T> attempt(String name, Attempt<T> attempt) {
    try {
      return Optional.of(attempt.run());
    } catch (DamagedArtifactException e) {
      fault(e.getMessage());
    } catch (Exception e) { // whatever the store does, the category goes on without it
      if (passes.run().isCancelled()) {
        throw new IllegalStateException(e);
      }
      LOG.warn("{}: {} of the store {} failed", category, name, run.store().uri(), e);
      faults.add(Text.format("The store failed at %s: %s", name, e.getMessage()));
    }
    return Optional.empty();
  }
}
