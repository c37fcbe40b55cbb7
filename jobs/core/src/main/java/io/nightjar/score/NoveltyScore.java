package io.nightjar.score;

import java.util.Arrays;

/**
 * How little of an image a memory bank knows: the mean of the 1 % of its patches' distances that
 * are largest. One outlying patch, as every tenth normal image has one, moves it less than it moves
 * the largest distance, and a small defect shows in it as well.
 */
public final class NoveltyScore {
  /** What it is, in words. */
  public static final String DEFINITION =
      "mean of the 1 % of the patches' distances that are largest";

  private static final double SHARE = 0.01;

  private NoveltyScore() {}

  /**
   * The score of an image.
   *
   * @param distances of its patches; 1 % of their number, rounded, count, and at least one
   */
  public static double of(float[] distances) {
    float[] sorted = distances.clone();
    Arrays.sort(sorted);
    int count = Math.max(1, (int) Math.round(SHARE * sorted.length));
    double sum = 0;
    for (int i = sorted.length - count; i < sorted.length; i++) {
      sum += sorted[i];
    }
    return sum / count;
  }
}
