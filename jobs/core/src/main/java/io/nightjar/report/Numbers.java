package io.nightjar.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them, the same in every locale. */
public final class Numbers {
  private static final int MINUTE = "2026-11-30T06:12".length();

  private Numbers() {}

  /**
   * A number as tables have it: zero without a sign. Filters that are pushed down to Parquet files
   * compare bits of a dictionary's entries, so that {@code x = 0} and {@code x >= 0} find no row of
   * -0.0.
   *
   * @param value any number
   * @return the same number; 0.0 for -0.0
   */
  public static double stored(double value) {
    return value == 0 ? 0.0 : value;
  }

  /**
   * The same in single precision.
   *
   * @param value any number
   * @return the same number; 0.0 for -0.0
   */
  public static float stored(float value) {
    return value == 0 ? 0.0f : value;
  }

  /**
   * A number with a fixed number of decimals and a decimal point, rounded half up.
   *
   * @param value the number
   * @param decimals digits after the point, from 0
   * @return such as {@code 0.7889}
   */
  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * A figure with four decimals.
   *
   * @param value the figure
   * @return such as {@code 0.7889}; {@code -} where there is none
   */
  public static String metric(OptionalDouble value) {
    return value.isPresent() ? fixed(value.getAsDouble(), 4) : "-";
  }

  /**
   * A figure with three decimals, as papers print it.
   *
   * @param value the figure
   * @return such as {@code 0.789}; {@code -} where there is none
   */
  public static String published(OptionalDouble value) {
    return value.isPresent() ? fixed(value.getAsDouble(), 3) : "-";
  }

  /**
   * A difference with four decimals and its sign, also for zero.
   *
   * @param value the difference
   * @return such as {@code -0.0277}; {@code -} where there is none
   */
  public static String difference(OptionalDouble value) {
    return value.isPresent() ? signed(value.getAsDouble(), 4) : "-";
  }

  /**
   * With its sign; what is rounded to zero is +0.
   *
   * @param value the number
   * @param decimals digits after the point, from 0
   * @return such as {@code +0.0100}
   */
  public static String signed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
    return text.matches("-[0.]+") ? "+" + text.substring(1) : text;
  }

  /**
   * A whole number with commas between thousands.
   *
   * @param value the number
   * @return such as {@code 163,856}
   */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * A whole number with its noun.
   *
   * @param count how many there are
   * @param singular the noun for one
   * @param plural the noun for any other number, zero included
   * @return such as {@code 1,725 images}
   */
  public static String counted(long count, String singular, String plural) {
    return count(count) + " " + (count == 1 ? singular : plural);
  }

  /**
   * A duration such as {@code 3.4 s}, {@code 2 min 05 s} or {@code 1 h 02 min}.
   *
   * @param seconds at least 0
   * @return tenths of seconds below a minute, whole seconds below an hour, whole minutes from there
   *     on
   */
  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /**
   * An instant to the minute, such as {@code 2026-11-30 06:12 UTC}; any other text as it is.
   *
   * @param instant as ISO 8601 has it, in UTC
   * @return the seconds cut off, not rounded
   */
  public static String minute(String instant) {
    return instant.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z")
        ? instant.substring(0, MINUTE).replace('T', ' ') + " UTC"
        : instant;
  }
}
