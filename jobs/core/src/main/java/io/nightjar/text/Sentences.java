package io.nightjar.text;

/** Sentences for a person that name what files and people wrote. */
public final class Sentences {
  private Sentences() {}

  /**
   * A sentence as it may be shown: addresses are {@linkplain Addresses#redacted redacted}, and
   * control characters, with which a file's content could steer a terminal, are question marks;
   * line breaks stay.
   */
  public static String shown(String sentence) {
    String redacted = Addresses.redacted(sentence);
    if (redacted.chars().noneMatch(Sentences::isControl)) {
      return redacted;
    }
    StringBuilder shown = new StringBuilder(redacted.length());
    redacted.chars().forEach(c -> shown.append(isControl(c) ? '?' : (char) c));
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return Character.isISOControl(c) && c != '\n';
  }
}
