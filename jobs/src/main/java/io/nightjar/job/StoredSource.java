package io.nightjar.job;

import io.nightjar.bank.store.StoredBank;

/** A bank that was built before, of the category or of several. */
record StoredSource(StoredBank stored) implements SharedSource {

  @Override
  public CategoryBank bank(BankMaking making) {
    return making.ofStored(stored);
  }

  @Override
  public int images(CategoryPasses passes) {
    return stored.manifest().images().size();
  }

  @Override
  public int categories() {
    return (int)
        stored.manifest().images().stream()
            .map(image -> QualifiedPath.category(image.path()))
            .distinct()
            .count();
  }
}
