package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.text.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a gate does not let pass.
 *
 * @param kind what it looks at
 * @param limit of {@link Kind#QUARANTINED} the largest number of files that passes, of {@link
 *     Kind#SLOWER} the largest ratio of the runs' seconds; 0 of the others
 */
public record FailOn(Kind kind, double limit) {
  private static final Pattern QUARANTINED = Pattern.compile("quarantined>(\\d{1,9})");
  private static final Pattern SLOWER = Pattern.compile("slower>(\\d{1,6}(\\.\\d+)?)");

  /** What a gate can look at. */
  public enum Kind {
    /** A category that became worse, by the figures that decide. */
    WORSE,
    /** A category of which nothing is proven. */
    INCONCLUSIVE,
    /** A category without a result in the candidate. */
    FAILED,
    /** Files that the candidate left out. */
    QUARANTINED,
    /** The wall time of the candidate, as a multiple of the baseline's. */
    SLOWER
  }

  /**
   * Reads {@code worse}, {@code inconclusive}, {@code failed}, {@code quarantined>N} or {@code
   * slower>R}.
   *
   * @param text as {@code --fail-on} has it, without spaces
   * @return what is not to pass
   * @throws InvalidInputException if it is none of them
   */
  public static FailOn parse(String text) {
    for (Kind kind : List.of(Kind.WORSE, Kind.INCONCLUSIVE, Kind.FAILED)) {
      if (text.equals(word(kind))) {
        return new FailOn(kind, 0);
      }
    }
    Matcher quarantined = QUARANTINED.matcher(text);
    if (quarantined.matches()) {
      return new FailOn(Kind.QUARANTINED, Double.parseDouble(quarantined.group(1)));
    }
    Matcher slower = SLOWER.matcher(text);
    if (slower.matches() && Double.parseDouble(slower.group(1)) > 0) {
      return new FailOn(Kind.SLOWER, Double.parseDouble(slower.group(1)));
    }
    throw new InvalidInputException(
        Text.format(
            "The option --fail-on has \"%s\"; it takes worse, inconclusive, failed,"
                + " quarantined>N (a number of files) and slower>R (a ratio, such as 1.5), or none.",
            text));
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case WORSE -> "worse";
      case INCONCLUSIVE -> "inconclusive";
      case FAILED -> "failed";
      case QUARANTINED -> "quarantined";
      case SLOWER -> "slower";
    };
  }

  /**
   * As {@link #parse} reads it.
   *
   * @return such as {@code slower>1.5}
   */
  @Override
  public String toString() {
    return switch (kind) {
      case WORSE, INCONCLUSIVE, FAILED -> word(kind);
      case QUARANTINED -> "quarantined>" + (long) limit;
      case SLOWER -> "slower>" + limit;
    };
  }

  /** Why a category does not pass, in phrases that begin a sentence; none where it passes. */
  List<String> reasons(CategoryComparison category, RunComparison runs) {
    Verdict verdict = category.verdict();
    return switch (kind) {
      case WORSE -> deciding(category, Verdict.WORSE);
      case INCONCLUSIVE -> inconclusive(category);
      case FAILED ->
          verdict == Verdict.FAILED && runs.candidate().category(category.category()).isEmpty()
              ? List.of(Text.format("%s: %s", category.category(), category.notes().get(0)))
              : List.of();
      case QUARANTINED, SLOWER -> List.of();
    };
  }

  private static List<String> inconclusive(CategoryComparison category) {
    if (category.verdict() != Verdict.INCONCLUSIVE) {
      return List.of();
    }
    return deciding(category, Verdict.INCONCLUSIVE).stream()
        .map(change -> "it is not decided whether it matters that " + change)
        .toList();
  }

  private static List<String> deciding(CategoryComparison category, Verdict verdict) {
    return category.deciding().stream()
        .filter(figure -> figure.verdict() == verdict)
        .map(figure -> Sentence.change(figure, category.category()))
        .toList();
  }

  /** Why the candidate as a whole does not pass; none where it passes. */
  List<String> reasons(RunComparison runs) {
    return switch (kind) {
      case WORSE, INCONCLUSIVE, FAILED -> List.of();
      case QUARANTINED -> {
        int files = runs.candidate().quarantined();
        yield files > limit
            ? List.of(
                Text.format(
                    "%s quarantined, more than --fail-on %s allows",
                    Text.counted(files, "file was", "files were"), this))
            : List.of();
      }
      case SLOWER -> {
        double before = runs.baseline().wallSeconds();
        double after = runs.candidate().wallSeconds();
        if (Double.isNaN(before) || Double.isNaN(after)) {
          yield List.of("a run does not say how long it took, which --fail-on slower asks");
        }
        yield after > limit * before
            ? List.of(
                Text.format(
                    "the run took %.1f s after %.1f s, longer than --fail-on %s allows",
                    after, before, this))
            : List.of();
      }
    };
  }
}
