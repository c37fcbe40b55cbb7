package io.nightjar.metric.compare;

import java.util.Locale;

/** What a comparison says of a figure, a category or a run; the gravest first. */
public enum Verdict {
  /** The category has no result in one of the runs. */
  FAILED,
  /** The figure became worse: the interval of its difference, corrected for Holm, excludes 0. */
  WORSE,
  /** Neither a difference nor sameness is proven. */
  INCONCLUSIVE,
  /** The figure became better, in the same sense as worse. */
  BETTER,
  /** The difference is smaller than the tolerance: its interval lies inside of it. */
  SAME,
  /** Every map of both runs is the same, bit for bit, and so is every figure. */
  IDENTICAL;

  /**
   * The word in files and on the console.
   *
   * @return lower case, such as {@code worse}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The verdict on a figure that is not known to be identical.
   *
   * @param gain above 0 where the figure became better
   * @param test of the difference
   * @param pDifferent the test's, corrected for the other categories
   * @param pSame the test's, corrected for the other categories
   * @param tolerance below which differences do not matter, above 0
   * @param alpha level of the tests
   * @return {@link #SAME}, {@link #WORSE}, {@link #BETTER} or {@link #INCONCLUSIVE}
   */
  public static Verdict of(
      double gain,
      DifferenceTest test,
      double pDifferent,
      double pSame,
      double tolerance,
      double alpha) {
    // Same comes first: a difference that is proven and too small to matter wakes no one.
    if (pSame <= alpha && test.isWithin(tolerance)) {
      return SAME;
    }
    if (pDifferent <= alpha && gain != 0) {
      return gain < 0 ? WORSE : BETTER;
    }
    return INCONCLUSIVE;
  }

  /**
   * The graver of two.
   *
   * @param other the other one
   * @return the one that comes first in the order of the constants
   */
  public Verdict orGraver(Verdict other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
