package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import java.io.Serializable;

/**
 * The fitted part of an index, which is sent with its bank to the executors and opens a search
 * there.
 */
@FunctionalInterface
public interface SearchIndex extends Serializable {

  /**
   * A search through the bank that the index was fitted to.
   *
   * @param bank the same rows in the same order
   * @return the search, to be closed by the caller: it may hold native memory
   */
  NearestSearch open(MemoryBank bank);
}
