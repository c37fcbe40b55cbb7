package io.nightjar.job.measure;

import io.nightjar.bank.search.Fallbacks;
import java.io.Serializable;

/** The fallbacks of an approximate search to exhaustive search, summed over a pass. */
public final class FallbackCount implements Serializable {
  private static final long serialVersionUID = 1L;

  private Fallbacks total = Fallbacks.NONE;

  /** Adds the fallbacks of more queries. */
  public void add(Fallbacks more) {
    total = total.plus(more);
  }

  void merge(FallbackCount other) {
    add(other.total);
  }

  /** The sum of all that were added. */
  public Fallbacks total() {
    return total;
  }
}
