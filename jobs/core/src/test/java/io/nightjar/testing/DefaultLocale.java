package io.nightjar.testing;

import java.util.Locale;
import java.util.function.Supplier;

/** Another default locale for this process, for a while. */
public final class DefaultLocale {
  private DefaultLocale() {}

  /**
   * Does some work while all kinds of default locale are another.
   *
   * @param tag such as {@code ar-EG}; {@code und} is the locale of no language
   */
  public static <T> T during(String tag, Supplier<T> work) {
    Locale language = Locale.getDefault();
    Locale display = Locale.getDefault(Locale.Category.DISPLAY);
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      return work.get();
    } finally {
      Locale.setDefault(language);
      Locale.setDefault(Locale.Category.DISPLAY, display);
      Locale.setDefault(Locale.Category.FORMAT, format);
    }
  }
}
