package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;

/**
 * The centres of inverted lists.
 *
 * @param centres {@code lists x dimension} values, row by row
 * @param probes lists that a query probes
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared or used as a key
public record IvfIndex(float[] centres, int probes) implements SearchIndex {
  private static final long serialVersionUID = 1L;

  @Override
  public NearestSearch open(MemoryBank bank) {
    return new InvertedFileSearch(bank, centres, probes);
  }
}
