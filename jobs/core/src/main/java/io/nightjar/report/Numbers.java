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
   */
  public static double stored(double value) {
    return value == 0 ? 0.0 : value;
  }

  /** The same in single precision. */
  public static float stored(float value) {
    return value == 0 ? 0.0f : value;
  }

  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  public static String metric(OptionalDouble value) {
    return value.isPresent() ? fixed(value.getAsDouble(), 4) : "-";
  }

  public static String published(OptionalDouble value) {
    return value.isPresent() ? fixed(value.getAsDouble(), 3) : "-";
  }

  /** With its sign, also for zero. */
  public static String difference(OptionalDouble value) {
    return value.isPresent() ? signed(value.getAsDouble(), 4) : "-";
  }

  /** With its sign; what is rounded to zero is +0. */
  public static String signed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%+." + decimals + "f", value);
    return text.matches("-[0.]+") ? "+" + text.substring(1) : text;
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  public static String counted(long count, String singular, String plural) {
    return count(count) + " " + (count == 1 ? singular : plural);
  }

  /** A duration such as {@code 3.4 s}, {@code 2 min 05 s} or {@code 1 h 02 min}. */
  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** An instant to the minute, such as {@code 2026-11-30 06:12 UTC}; any other text as it is. */
  public static String minute(String instant) {
    return instant.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z")
        ? instant.substring(0, MINUTE).replace('T', ' ') + " UTC"
        : instant;
  }
}
