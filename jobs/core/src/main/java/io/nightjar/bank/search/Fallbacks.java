package io.nightjar.bank.search;

import java.io.Serializable;

/**
 * Numbers of queries for which an approximate search had to fall back to more work, because the
 * candidates it found were fewer than the neighbours requested.
 *
 * @param widened queries for which more lists or buckets were probed, which sufficed
 * @param exhaustive queries for which the search fell back to exhaustive search, so that their
 *     answer is exact
 */
public record Fallbacks(long widened, long exhaustive) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** No query fell back. */
  public static final Fallbacks NONE = new Fallbacks(0, 0);

  /** The sum of both. */
  public Fallbacks plus(Fallbacks other) {
    return new Fallbacks(widened + other.widened, exhaustive + other.exhaustive);
  }
}
