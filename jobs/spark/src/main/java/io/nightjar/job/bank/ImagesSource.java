package io.nightjar.job.bank;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.search.CategoryBank;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bank of the category's own normal images.
 *
 * @param reads those images
 * @param plan how the bank is fitted to them
 */
public record ImagesSource(List<ImageRef> reads, FitPlan plan) implements BankSource {

  @Override
  public CategoryBank bank(BankFactory factory) {
    return factory.ofImages(reads, plan);
  }

  @Override
  public Optional<KnownBank> known(BankFactory factory) {
    return factory.known(reads);
  }

  @Override
  public <T> Optional<T> withStored(BankFactory factory, Function<StoredBank, T> work) {
    return factory.withKept(reads, work);
  }

  @Override
  public Optional<String> identity(BankFactory factory) {
    return factory
        .store()
        .flatMap(
            store -> store.bankKey(factory.passes().readable(reads)).flatMap(store::bankContents));
  }

  @Override
  public boolean isSettled() {
    return true;
  }

  @Override
  public int images(CategoryPasses passes) {
    return passes.readable(reads).size();
  }
}
