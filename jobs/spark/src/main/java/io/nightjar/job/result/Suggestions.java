package io.nightjar.job.result;

import io.nightjar.text.Text;
import java.util.List;

/**
 * What was found among the images of runs.
 *
 * @param bank the bank's folder
 * @param version of the bank
 * @param category what it is a bank of
 * @param budget images that were asked for
 * @param median novelty of the bank's own images, above which an image is a candidate
 * @param limit novelty up to which it is one
 * @param counts how many images were what
 * @param images in the order in which they were chosen
 */
public record Suggestions(
    String bank,
    int version,
    String category,
    int budget,
    double median,
    double limit,
    Counts counts,
    List<Suggestion> images) {
  /** The list, as {@code update-bank --data} reads it, in the folder of the results. */
  public static final String LIST = "suggest.csv";

  /**
   * How many images of the runs were what.
   *
   * @param scored in all runs
   * @param duplicates with the bytes of an image of the bank, or of one before
   * @param ordinary at or below the median
   * @param beyond above the limit
   * @param gone whose file is not where the run read it, or was changed or unreadable
   * @param candidates all others
   */
  public record Counts(
      int scored, int duplicates, int ordinary, int beyond, int gone, int candidates) {}

  /**
   * Copies the list.
   *
   * @param bank the bank's folder
   * @param version of the bank
   * @param category what it is a bank of
   * @param budget images that were asked for
   * @param median novelty of the bank's own images, above which an image is a candidate
   * @param limit novelty up to which it is one
   * @param counts how many images were what
   * @param images in the order in which they were chosen
   */
  public Suggestions {
    images = List.copyOf(images);
  }

  /**
   * What came of it, in one or two sentences.
   *
   * @return such as {@code 2 images are suggested of 7 candidates.}
   */
  public String sentence() {
    String found =
        Text.format(
            "%s of %s.",
            Text.counted(images.size(), "image is suggested", "images are suggested"),
            Text.counted(counts.candidates(), "candidate", "candidates"));
    if (images.size() >= budget) {
      return found;
    }
    return found
        + (images.size() == counts.candidates()
            ? Text.format(" The budget is %d; there are no others.", budget)
            : Text.format(
                " The budget is %d; all others are as near to these or to the bank as its own images"
                    + " are to one another.",
                budget));
  }
}
