package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: 4096, 512m, 2g. */
public final class ByteSize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgt]?)b?");
  private static final String UNITS = "kmgt";

  private ByteSize() {}

  /**
   * Bytes; k, m, g and t mean powers of 1024.
   *
   * @throws InvalidInputException naming the option, if the text is no size
   */
  public static long parse(String option, String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw refused(option, text);
    }
    try {
      int unit = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
      return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * unit));
    } catch (ArithmeticException e) {
      throw refused(option, text);
    }
  }

  /** The shortest text that {@link #parse} reads as so many bytes. */
  public static String format(long bytes) {
    long number = bytes;
    int unit = 0;
    while (unit < UNITS.length() && number > 0 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return unit == 0 ? Long.toString(number) : number + UNITS.substring(unit - 1, unit);
  }

  private static InvalidInputException refused(String option, String text) {
    return new InvalidInputException(
        Text.format(
            "The option --%s is \"%s\"; it must be a size such as 4096 (bytes), 512m or 2g.",
            option, text));
  }
}
