package io.nightjar.bank.coreset;

import java.util.Locale;

/** How the rows of a coreset are chosen. */
public enum CoresetMethod {
  /** The row farthest from those already chosen, again and again. */
  GREEDY,
  /** Any row as likely as any other. */
  RANDOM;

  /**
   * The name on the command line.
   *
   * @return {@code greedy} or {@code random}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
