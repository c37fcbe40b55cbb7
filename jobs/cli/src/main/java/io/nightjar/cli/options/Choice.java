package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** An option whose values are the constants of an enum, in lower case. */
public final class Choice {
  private Choice() {}

  /**
   * The constant that an option names.
   *
   * @throws InvalidInputException naming the option and what is known, if the value is not
   */
  public static <E extends Enum<E>> E of(String option, String value, E[] known) {
    StringBuilder names = new StringBuilder();
    for (E constant : known) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
      names.append(names.isEmpty() ? "" : " or ").append(constant.name().toLowerCase(Locale.ROOT));
    }
    throw new InvalidInputException(
        Text.format("The option --%s is \"%s\"; it must be %s.", option, value, names));
  }
}
