package io.nightjar.bank;

import java.io.Serializable;

/**
 * How many queries an approximate search could not answer the way it should, because what it looked
 * at held fewer rows than neighbours are wanted.
 *
 * @param widened queries for which more was looked at, which sufficed
 * @param exhaustive queries that were compared with every row of the bank, so that their answer is
 *     exact
 */
public record Detours(long widened, long exhaustive) implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final Detours NONE = new Detours(0, 0);

  /** The sum of both. */
  public Detours plus(Detours other) {
    return new Detours(widened + other.widened, exhaustive + other.exhaustive);
  }
}
