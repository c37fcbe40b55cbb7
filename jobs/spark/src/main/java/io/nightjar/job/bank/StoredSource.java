package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.search.CategoryBank;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bank that was built before.
 *
 * @param categories that its images are of
 */
public record StoredSource(StoredBank stored, int categories) implements SharedSource {

  @Override
  public CategoryBank bank(BankFactory factory) {
    return factory.ofStored(stored);
  }

  @Override
  public <T> Optional<T> withStored(BankFactory factory, Function<StoredBank, T> work) {
    return Optional.of(work.apply(stored));
  }

  @Override
  public Optional<WhiteLevel> whiteLevel() {
    return Optional.of(WhiteLevel.of(stored.manifest().whiteLevel()));
  }

  @Override
  public Optional<EmbeddingSpec> spec() {
    return Optional.of(stored.manifest().backbone().spec());
  }

  @Override
  public Optional<String> identity(BankFactory factory) {
    return Optional.of(stored.contents());
  }

  @Override
  public Optional<String> storedIdentity() {
    return Optional.of(stored.sha256());
  }

  @Override
  public int images(CategoryPasses passes) {
    return stored.manifest().images().size();
  }
}
