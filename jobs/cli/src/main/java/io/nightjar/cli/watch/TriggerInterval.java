package io.nightjar.cli.watch;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Durations;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time between two listings as a person writes it. */
final class TriggerInterval {
  private static final Pattern MILLIS = Pattern.compile("([0-9]{1,6})ms");

  private TriggerInterval() {}

  /**
   * Reads a duration such as {@code 2s}, {@code 500ms} or {@code 1m}.
   *
   * @throws InvalidInputException if it is none
   */
  static Duration parse(String text) {
    Matcher millis = MILLIS.matcher(text);
    if (millis.matches()) {
      return Duration.ofMillis(Long.parseLong(millis.group(1)));
    }
    return Durations.parse(text)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option --trigger is \"%s\"; it must be a number with a unit, such as 2s,"
                            + " 500ms or 1m.",
                        text)));
  }
}
