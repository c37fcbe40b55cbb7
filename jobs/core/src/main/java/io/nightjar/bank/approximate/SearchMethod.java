package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Map;

/** A method to search a bank for nearest rows, with its settings. */
public sealed interface SearchMethod extends Serializable
    permits ExactMethod, IvfMethod, LshMethod, HnswMethod {

  /** The name on the command line. */
  String name();

  /** The settings by their names on the command line, for the run's manifest. */
  Map<String, Object> settings();

  /** Whether the rows found are guaranteed to be the nearest. */
  boolean isExact();

  /**
   * Fits an index to a bank; the same bank and settings give the same index.
   *
   * @throws InvalidInputException if the settings cannot be used with the bank
   */
  SearchIndex fit(IndexFitting fitting, MemoryBank bank);

  /** Refuses an invalid value of an option. */
  static void require(boolean holds, String option, Object value, String allowed) {
    if (!holds) {
      throw new InvalidInputException(
          Text.format("The option --%s is %s; it must be %s.", option, value, allowed));
    }
  }
}
