package io.nightjar.metric.decision;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * The scores of normal images that an image's own score is compared with. Where the image is normal
 * and exchangeable with them, its p-value is at most any rate with a probability of at most that
 * rate (Vovk et al., <i>Algorithmic Learning in a Random World</i>, 2005; Bates et al., <i>Testing
 * for outliers with conformal p-values</i>, Annals of Statistics 51, 2023).
 */
public final class ConformalScores implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rates are products of whole numbers and decimal fractions, which float64 rounds. */
  private static final double ROUNDING = 1e-12;

  private final float[] ascending;

  /**
   * Scores of normal images.
   *
   * @param scores at least one, in any order; copied
   * @throws IllegalArgumentException if there is none, or one is no number
   */
  public ConformalScores(float[] scores) {
    ascending = scores.clone();
    Arrays.sort(ascending);
    if (ascending.length == 0 || Float.isNaN(ascending[ascending.length - 1])) {
      throw new IllegalArgumentException("Calibration needs scores that are numbers");
    }
  }

  /** Whether a p-value, or a smallest rate, is at most a rate. */
  static boolean isWithin(double value, double rate) {
    return value <= rate * (1 + ROUNDING);
  }

  /** The number of normal images, n. */
  public int size() {
    return ascending.length;
  }

  /** The scores in ascending order, as a copy. */
  public float[] ascending() {
    return ascending.clone();
  }

  /**
   * The p-value of an image: (1 + the number of scores at or above its own) / (n + 1).
   *
   * @param score of the image
   * @return from 1 / (n + 1) to 1
   */
  public double pValue(float score) {
    return (1.0 + atOrAbove(score)) / (ascending.length + 1.0);
  }

  private int atOrAbove(float score) {
    int from = 0;
    int to = ascending.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] >= score) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return ascending.length - from;
  }

  /**
   * Decides on an image by itself.
   *
   * @param score of the image
   * @param rate at least 1 / (n + 1)
   * @return its p-value, and whether it is anomalous; nothing was selected
   */
  public ImageDecision decide(float score, double rate) {
    return new ImageDecision(pValue(score), isAnomalous(score, rate), Optional.empty());
  }

  /**
   * Whether an image is anomalous at a false alarm rate: whether its p-value is at most the rate.
   *
   * @param score of the image
   * @param rate at least 1 / (n + 1)
   * @return false at any lower rate
   */
  public boolean isAnomalous(float score, double rate) {
    return isWithin(pValue(score), rate);
  }

  /**
   * The score above which images are anomalous at a false alarm rate; those of that score itself
   * are not.
   *
   * @param rate at least 1 / (n + 1), below 1
   * @return one of the normal images' scores
   * @throws IllegalArgumentException if the rate is out of range
   */
  public float limit(double rate) {
    int tolerated = (int) Math.floor(rate * (1 + ROUNDING) * (ascending.length + 1.0)) - 1;
    if (tolerated < 0 || tolerated >= ascending.length) {
      throw new IllegalArgumentException(
          "There is no limit at the rate " + rate + " for " + ascending.length + " scores");
    }
    return ascending[ascending.length - 1 - tolerated];
  }
}
