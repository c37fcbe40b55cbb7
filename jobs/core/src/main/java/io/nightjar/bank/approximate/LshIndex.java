package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;

/**
 * The projections of hash tables, those of each table one after another.
 *
 * @param tables the number of tables, which divides that of the projections
 */
record LshIndex(Projections projections, int tables) implements SearchIndex {
  private static final long serialVersionUID = 1L;

  @Override
  public NearestSearch open(MemoryBank bank) {
    return new LshSearch(bank, projections, tables);
  }
}
