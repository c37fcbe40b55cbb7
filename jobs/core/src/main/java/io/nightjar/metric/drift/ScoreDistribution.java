package io.nightjar.metric.drift;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distribution of one kind of score over the images of one category, in one or several runs.
 */
public final class ScoreDistribution {
  /** The probabilities whose quantiles are reported. */
  public static final List<Double> REPORTED =
      List.of(0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0);

  private final float[] sorted;

  private ScoreDistribution(float[] sorted) {
    this.sorted = sorted;
  }

  /**
   * The distribution of scores in any order.
   *
   * @param scores one for each image; copied
   * @return their distribution
   * @throws IllegalArgumentException if there is no score, or one is NaN or infinite
   */
  public static ScoreDistribution of(float[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("There is no score");
    }
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException("A score is " + score);
      }
    }
    float[] sorted = scores.clone();
    Arrays.sort(sorted);
    return new ScoreDistribution(sorted);
  }

  /**
   * The distribution of the scores of several distributions together.
   *
   * @param parts at least one, of one kind of score
   * @return their common distribution
   * @throws IllegalArgumentException if there is none
   */
  public static ScoreDistribution pooled(List<ScoreDistribution> parts) {
    float[] scores = new float[parts.stream().mapToInt(ScoreDistribution::images).sum()];
    int at = 0;
    for (ScoreDistribution part : parts) {
      System.arraycopy(part.sorted, 0, scores, at, part.sorted.length);
      at += part.sorted.length;
    }
    return of(scores);
  }

  /**
   * The number of scores.
   *
   * @return at least 1
   */
  public int images() {
    return sorted.length;
  }

  /**
   * All scores, ascending.
   *
   * @return a copy
   */
  public float[] scores() {
    return sorted.clone();
  }

  /**
   * The score below which a fraction of the images lies, interpolated linearly between neighbours
   * (Hyndman and Fan 1996, type 7, as in NumPy).
   *
   * @param fraction in [0, 1]
   * @return between the smallest and the largest score
   */
  public double quantile(double fraction) {
    double place = fraction * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * ((double) sorted[above] - sorted[below]);
  }

  /**
   * The score below which half of the images lie.
   *
   * @return the quantile of 0.5
   */
  public double median() {
    return quantile(0.5);
  }

  /**
   * The quantiles of the probabilities {@link #REPORTED}, in their order.
   *
   * @return scores by probability
   */
  public Map<Double, Double> quantiles() {
    Map<Double, Double> quantiles = new LinkedHashMap<>();
    REPORTED.forEach(fraction -> quantiles.put(fraction, quantile(fraction)));
    return quantiles;
  }

  double[] values() {
    double[] values = new double[sorted.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sorted[i];
    }
    return values;
  }
}
