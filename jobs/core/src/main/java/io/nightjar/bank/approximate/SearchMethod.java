package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Map;

/** How the nearest rows of a bank are searched, with its settings. */
public sealed interface SearchMethod extends Serializable
    permits ExactMethod, IvfMethod, LshMethod, HnswMethod {

  /** The name on the command line. */
  String name();

  /** The settings by the names the command line gives them, for the run's manifest. */
  Map<String, Object> settings();

  /** Whether the rows found are the nearest ones. */
  boolean isExact();

  /**
   * Fits to a bank what its search needs; the same bank and settings give the same index.
   *
   * @throws InvalidInputException if the settings do not suit the bank
   */
  SearchIndex fit(IndexFitting fitting, MemoryBank bank);

  /** Refuses a value of an option with a sentence. */
  static void require(boolean holds, String option, Object value, String allowed) {
    if (!holds) {
      throw new InvalidInputException(
          Text.format("The option --%s is %s; it must be %s.", option, value, allowed));
    }
  }
}
