package io.nightjar.job;

import io.nightjar.bank.store.StoredBank;

/**
 * A bank that was built before.
 *
 * @param categories that its images are of
 */
record StoredSource(StoredBank stored, int categories) implements SharedSource {

  @Override
  public CategoryBank bank(BankMaking making) {
    return making.ofStored(stored);
  }

  @Override
  public int images(CategoryPasses passes) {
    return stored.manifest().images().size();
  }
}
