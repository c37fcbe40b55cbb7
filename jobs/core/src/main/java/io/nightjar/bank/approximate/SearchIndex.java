package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import java.io.Serializable;

/** What was fitted to a bank and travels with it to the executors, where it opens a search. */
@FunctionalInterface
public interface SearchIndex extends Serializable {

  /** A search through the bank that the index was fitted to; to be closed by the caller. */
  NearestSearch open(MemoryBank bank);
}
