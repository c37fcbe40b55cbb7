package io.nightjar.job.evaluate;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.bank.BankFactory;
import io.nightjar.job.bank.BankSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The bank of a category after the category was measured, where it was stored before or the store
 * has it; what the store has lost is built and kept again.
 *
 * @param source of the bank
 * @param factories one for each time that the bank is asked for
 * @param inspection of the category's images, where that was not done
 */
record KeptBank(BankSource source, Supplier<BankFactory> factories, Runnable inspection)
    implements EvaluatedBank.Files {

  /** What is found of it; empty where it could not be kept. */
  <T> Optional<T> find(Function<BankFactory, Optional<T>> search) {
    inspection.run();
    BankFactory factory = factories.get();
    Optional<T> found = search.apply(factory);
    if (found.isEmpty() && factory.store().isPresent()) {
      source.bank(factory).close();
      found = search.apply(factory);
    }
    return found;
  }

  @Override
  public <T> Optional<T> with(Function<StoredBank, T> work) {
    return find(factory -> source.withStored(factory, work));
  }
}
