package io.nightjar.text;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and a unit, such as {@code 90m}. */
public final class Durations {
  /** At most some 2,700 years of days, so that none overflows. */
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})([smhdw])");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7));

  private Durations() {}

  /**
   * Reads a duration: {@code 30s}, {@code 90m} (minutes), {@code 12h}, {@code 1d}, {@code 1w}.
   *
   * @return at least 0; empty where the text is none
   */
  public static Optional<Duration> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(UNITS.get(written.group(2)).multipliedBy(Long.parseLong(written.group(1))))
        : Optional.empty();
  }

  /**
   * Writes a duration in the largest unit that it is a whole number of, up to hours: {@code 500ms},
   * {@code 2s}, {@code 90s}, {@code 2m}, {@code 12h}.
   *
   * @param duration at least 0; what is less than a millisecond is left out
   * @return a whole number and its unit
   */
  public static String text(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.isZero() || duration.toSecondsPart() != 0) {
      return duration.toSeconds() + "s";
    }
    return duration.toMinutesPart() == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
  }
}
