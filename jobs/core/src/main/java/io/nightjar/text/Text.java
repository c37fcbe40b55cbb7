package io.nightjar.text;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/**
 * Formats text independently of the machine's locale: names of tensors and files, keys, messages.
 * {@code String.formatted} would write digits and decimal points as the user's country does.
 */
public final class Text {
  private Text() {}

  /**
   * A count with what is counted, such as {@code 1 image} or {@code 3 images}.
   *
   * @param singular what one of them is called
   * @param plural what none and several are called
   */
  public static String counted(long count, String singular, String plural) {
    return count + " " + (count == 1 ? singular : plural);
  }

  /**
   * A size in memory or on a disk.
   *
   * @param bytes at least 0
   * @return millions of bytes, such as {@code 293 MB}; of less than ten, one decimal
   */
  public static String megabytes(long bytes) {
    if (bytes == 0 || bytes >= 10_000_000) {
      return format("%d MB", bytes / 1_000_000);
    }
    return bytes < 100_000 ? "less than 0.1 MB" : format("%.1f MB", bytes / 1e6);
  }

  /** As {@link String#format(Locale, String, Object...)} does in the root locale. */
  @FormatMethod
  public static String format(@FormatString String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
