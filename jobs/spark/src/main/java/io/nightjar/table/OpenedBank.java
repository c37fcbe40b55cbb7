package io.nightjar.table;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.pca.components.PatchReduction;

/** A stored bank on an executor: what it is, and what reduces patches to its rows. */
final class OpenedBank {
  private final StoredBank stored;
  private final PatchReduction reduction;
  private final long searchId;

  /** Reads the reduction; the rows are read where they are searched. */
  OpenedBank(StoredBank stored) {
    this.stored = stored;
    this.reduction = stored.reduction();
    // Of a hash over all rows: the same for the same bank, in every session.
    this.searchId = Long.parseUnsignedLong(stored.contents().substring(0, 16), 16);
  }

  StoredBank stored() {
    return stored;
  }

  PatchReduction reduction() {
    return reduction;
  }

  WhiteLevel whiteLevel() {
    return WhiteLevel.of(stored.manifest().whiteLevel());
  }

  /** Borrows the search of the rows, which are read by the first who does. */
  BankSearches.Lease acquire() {
    return BankSearches.acquire(searchId, this::rows);
  }

  private MemoryBank rows() {
    return stored.memoryBank();
  }
}
