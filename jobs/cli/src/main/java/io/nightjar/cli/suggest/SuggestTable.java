package io.nightjar.cli.suggest;

import io.nightjar.job.result.Suggestion;
import io.nightjar.job.result.Suggestions;
import io.nightjar.report.Numbers;
import io.nightjar.text.Text;

/** Suggested images as text for a console, in ASCII: a line for each. */
final class SuggestTable {
  private SuggestTable() {}

  /** The table; empty where nothing is suggested. */
  static String render(Suggestions found) {
    if (found.images().isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    line(out, "rank", "score", "p-value", "novelty", "left", "image");
    int rank = 0;
    for (Suggestion image : found.images()) {
      rank++;
      line(
          out,
          Integer.toString(rank),
          Numbers.fixed(image.score(), 3),
          image.pValue().isPresent() ? Numbers.fixed(image.pValue().getAsDouble(), 3) : "",
          Numbers.fixed(image.novelty(), 3),
          Numbers.fixed(image.remaining(), 3),
          image.path());
    }
    return out.toString();
  }

  /** Of how many images the candidates were found. */
  static String counts(Suggestions found) {
    Suggestions.Counts counts = found.counts();
    return Text.format(
        "Of %s, %d are like the bank's own (novelty at most %s), %d beyond the guard's limit (%s), %d"
            + " known already, %d gone or changed.",
        Text.counted(counts.scored(), "scored image", "scored images"),
        counts.ordinary(),
        Numbers.fixed(found.median(), 3),
        counts.beyond(),
        Numbers.fixed(found.limit(), 3),
        counts.duplicates(),
        counts.gone());
  }

  private static void line(
      StringBuilder out,
      String rank,
      String score,
      String pValue,
      String novelty,
      String left,
      String image) {
    out.append(
        Text.format("%4s  %9s  %7s  %9s  %9s  %s%n", rank, score, pValue, novelty, left, image));
  }
}
