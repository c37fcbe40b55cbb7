package io.nightjar.dataset.layout;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name a person probably meant. */
final class EditDistance {
  private EditDistance() {}

  /**
   * The known name with the fewest changes from the given one, upper and lower case being equal;
   * empty where even that one differs in more than half of the given letters.
   */
  static Optional<String> nearest(String given, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String name) -> ignoringCase(given, name)))
        .filter(name -> 2 * ignoringCase(given, name) <= given.length());
  }

  private static int ignoringCase(String a, String b) {
    return between(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
  }

  /** Levenshtein's distance: insertions, deletions and substitutions that turn a into b. */
  static int between(String a, String b) {
    return LevenshteinDistance.getDefaultInstance().apply(a, b);
  }
}
