package io.nightjar.score;

/**
 * How far an image is from a memory bank: the mean of the largest 1 % of its patches' distances. A
 * single outlying patch, which every tenth normal image has, affects it less than it affects the
 * largest distance, and a small defect still shows.
 */
public final class NoveltyScore {
  /** The definition, in words; stored with results, so it does not change. */
  public static final String DEFINITION =
      "mean of the 1 % of the patches' distances that are largest";

  static final double FRACTION = 0.01;

  private NoveltyScore() {}

  /**
   * The score of an image.
   *
   * @param distances of its patches; the largest 1 % of them, rounded to a whole number of at least
   *     one, are averaged
   */
  public static double of(float[] distances) {
    return HighestMean.ofFraction(distances, FRACTION);
  }
}
