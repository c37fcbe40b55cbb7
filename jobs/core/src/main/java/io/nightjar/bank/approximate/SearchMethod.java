package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Map;

/** A method to search a bank for nearest rows, with its settings. */
public sealed interface SearchMethod extends Serializable
    permits ExactMethod, IvfMethod, LshMethod, HnswMethod {

  /**
   * The name on the command line.
   *
   * @return {@code exact}, {@code ivf}, {@code lsh} or {@code hnsw}
   */
  String name();

  /**
   * The settings by their names on the command line, for the run's manifest.
   *
   * @return in the order of the documentation; numbers, or {@code auto} where a value follows from
   *     the bank; empty for the exact search
   */
  Map<String, Object> settings();

  /**
   * Whether the rows found are guaranteed to be the nearest.
   *
   * @return true for {@link ExactMethod} alone
   */
  boolean isExact();

  /**
   * Fits an index to a bank; the same bank and settings give the same index.
   *
   * @param fitting learns what the index needs, such as centroids
   * @param bank that will be searched
   * @return what executors open the search from
   * @throws InvalidInputException if the settings cannot be used with the bank
   */
  SearchIndex fit(IndexFitting fitting, MemoryBank bank);

  /**
   * Refuses an invalid value of an option.
   *
   * @param holds whether the value is valid
   * @param option its name on the command line, without the hyphens
   * @param value as it was given
   * @param allowed what is valid, as the end of a sentence without a full stop
   * @throws InvalidInputException naming the option, its value and what is allowed, unless {@code
   *     holds}
   */
  static void require(boolean holds, String option, Object value, String allowed) {
    if (!holds) {
      throw new InvalidInputException(
          Text.format("The option --%s is %s; it must be %s.", option, value, allowed));
    }
  }
}
