package io.nightjar.job.update;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.fit.CategoryPasses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the update of one bank takes from a store and keeps there: embeddings of the new images,
 * and, where the components are fitted again, what a build of all images takes and keeps.
 */
final class UpdateStore {
  private final Optional<RunStore> run;
  private final CategoryPasses passes;
  private final Optional<CategoryStore> added;
  private String ofRefit = "";

  /**
   * Creates the handle; nothing is read before the images are.
   *
   * @param run the store with the keys of this bank; empty where nothing is taken or kept
   * @param images the new ones
   * @param passes over them
   */
  UpdateStore(Optional<RunStore> run, Category images, CategoryPasses passes) {
    this.run = run;
    this.passes = passes;
    this.added =
        run.filter(RunStore::keepsEmbeddings).map(of -> new CategoryStore(of, images, passes));
    added.ifPresent(store -> passes.keep(store::patches, store::covariances));
  }

  /** Takes and keeps what is of the new images, by the names and hashes that they have now. */
  void know() {
    added.ifPresent(store -> store.hashed(passes.quarantine().hashes()));
  }

  /**
   * Lets a build take and keep.
   *
   * @param images all of the bank's, in order
   * @param hashes SHA-256 of their files by their names
   */
  BankBuilder applied(
      BankBuilder builder, String category, List<ImageRef> images, Map<String, String> hashes) {
    return run.map(of -> builder.reusing(of, new Category(category, images, List.of()), hashes))
        .orElse(builder);
  }

  /** Enters what a build took, a phrase for a person. */
  void ofRefit(String reused) {
    ofRefit = reused;
  }

  /** What was taken, a phrase for a person; empty where nothing was, and nothing went wrong. */
  String describe() {
    String ofAdded = added.map(store -> store.reuse().describeBank()).orElse("");
    return Stream.of(
            ofAdded.isEmpty() ? "" : "new images: " + ofAdded,
            ofRefit.isEmpty() ? "" : "bank of all images: " + ofRefit)
        .filter(part -> !part.isEmpty())
        .reduce((first, second) -> first + "; " + second)
        .orElse("");
  }
}
