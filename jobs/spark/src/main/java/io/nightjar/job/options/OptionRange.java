package io.nightjar.job.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** Refuses options that are out of range, in one form of sentence. */
final class OptionRange {
  private OptionRange() {}

  /**
   * @throws InvalidInputException naming the option, its value and its range, if it does not hold
   */
  static void require(boolean holds, String option, Object value, String range) {
    if (!holds) {
      throw new InvalidInputException(
          Text.format("The option --%s is %s; it must be %s.", option, value, range));
    }
  }

  /** A constant as the command line has it. */
  static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
