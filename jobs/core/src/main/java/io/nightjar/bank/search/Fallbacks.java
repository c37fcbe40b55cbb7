package io.nightjar.bank.search;

import java.io.Serializable;

/**
 * How many queries an approximate search could not answer the way it should, because what it looked
 * at held fewer rows than neighbours are wanted.
 *
 * @param widened queries for which more was looked at, which sufficed
 * @param exhaustive queries that were compared with every row of the bank, so that their answer is
 *     exact
 */
public record Fallbacks(long widened, long exhaustive) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Fallbacks NONE = new Fallbacks(0, 0);

  /** The sum of both. */
  public Fallbacks plus(Fallbacks other) {
    return new Fallbacks(widened + other.widened, exhaustive + other.exhaustive);
  }
}
