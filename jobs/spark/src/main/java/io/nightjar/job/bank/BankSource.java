package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where the bank comes from that a category's test images are compared with. */
public interface BankSource {

  /** The bank, ready for the test images. */
  CategoryBank bank(BankFactory factory);

  /** The bank, where it is kept and its place is known before it is opened. */
  default Optional<KnownBank> known(BankFactory factory) {
    return Optional.empty();
  }

  /**
   * Does something with the bank's files, where it was stored before or is kept.
   *
   * @return empty where it is neither, or one of the files of a kept bank turned out not to be what
   *     its manifest says, so that it was removed from the store
   */
  default <T> Optional<T> withStored(BankFactory factory, Function<StoredBank, T> work) {
    return Optional.empty();
  }

  /** What identifies the bank, once it is opened; empty where nothing is kept by it. */
  default Optional<String> identity(BankFactory factory) {
    return Optional.empty();
  }

  /** What identifies a bank that was stored before the run; empty where the run builds it. */
  default Optional<String> storedIdentity() {
    return Optional.empty();
  }

  /** Whether all that the bank consists of is among the category's own files, or stored before. */
  default boolean isSettled() {
    return storedIdentity().isPresent();
  }

  /** Images that the bank consists of, once it is built. */
  int images(CategoryPasses passes);

  /** Categories whose images the bank consists of, once it is built. */
  default int categories() {
    return 1;
  }

  /** The white level that the bank's images were read with; empty where it is still to be built. */
  default Optional<WhiteLevel> whiteLevel() {
    return Optional.empty();
  }

  /** The embedding of the bank's images; empty where it is still to be built. */
  default Optional<EmbeddingSpec> spec() {
    return Optional.empty();
  }

  /** Images of the category that are read to build it. */
  default List<ImageRef> reads() {
    return List.of();
  }

  /**
   * The category's files that are left out when its evaluation begins.
   *
   * @param limit fraction of them that may be unreadable, in [0, 1]
   */
  default Quarantine quarantine(Category category, double limit) {
    List<LeftOut> leftOut = reads().isEmpty() ? category.leftOut(Split.TEST) : category.leftOut();
    return Quarantine.of(category.name(), reads().size() + category.test().size(), leftOut, limit);
  }

  /** Where the bank was, for the run's manifest; empty where that is not reported by category. */
  default Map<String, Object> describe(BankPlace place) {
    return place.describe();
  }
}
