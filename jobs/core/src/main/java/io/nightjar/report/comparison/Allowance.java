package io.nightjar.report.comparison;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What two runs must have in common to be compared, unless it is said that it may differ. */
public enum Allowance {
  /** The formulas of the figures. */
  DEFINITIONS("the definitions of figures"),
  /** The size at which maps are compared with masks. */
  RESOLUTION("the resolution"),
  /** The ground truth of the images. */
  MASKS("masks"),
  /** The labels and types of defect of the images. */
  LABELS("labels"),
  /** The test images themselves; what both runs have is compared. */
  IMAGES("test images"),
  /** The categories; what both runs have is compared. */
  CATEGORIES("categories");

  private final String what;

  Allowance(String what) {
    this.what = what;
  }

  /**
   * The word on the command line and in files.
   *
   * @return lower case, such as {@code resolution}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What may differ, within a sentence.
   *
   * @return such as {@code the resolution}
   */
  public String what() {
    return what;
  }

  /**
   * The allowance of this word.
   *
   * @param word as {@link #word} gives it
   * @return empty where there is none of this word
   */
  public static Optional<Allowance> of(String word) {
    return Arrays.stream(values()).filter(allowance -> allowance.word().equals(word)).findFirst();
  }
}
