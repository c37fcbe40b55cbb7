package io.nightjar.metric.threshold;

import io.nightjar.metric.count.CompensatedSum;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.Estimate;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Exact metrics of a small number of scores, such as one for each image. */
public final class RankMetrics {
  private RankMetrics() {}

  /**
   * The probability that a positive scores higher than a negative, ties counting half; empty
   * without positives or without negatives.
   *
   * @throws IllegalArgumentException if the lengths differ or a score is NaN or infinite
   */
  public static OptionalDouble auroc(float[] scores, boolean[] positive) {
    long[] ranked = ranked(scores, positive);
    long[] totals = new long[2];
    long doubledPairs = 0;
    for (int end = ranked.length; end > 0; ) {
      int start = tiesFrom(ranked, end);
      long ties = positives(ranked, start, end);
      long negatives = end - start - ties;
      doubledPairs += negatives * (2 * totals[1] + ties);
      totals[0] += negatives;
      totals[1] += ties;
      end = start;
    }
    return totals[0] == 0 || totals[1] == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(doubledPairs / (2.0 * totals[0] * totals[1]));
  }

  /**
   * Step-wise average precision, scikit-learn's {@code average_precision_score}; empty without
   * positives.
   *
   * @throws IllegalArgumentException if the lengths differ or a score is NaN or infinite
   */
  public static OptionalDouble averagePrecision(float[] scores, boolean[] positive) {
    long[] ranked = ranked(scores, positive);
    CompensatedSum sum = new CompensatedSum();
    long truePositives = 0;
    for (int end = ranked.length; end > 0; ) {
      int start = tiesFrom(ranked, end);
      long ties = positives(ranked, start, end);
      truePositives += ties;
      sum.add(ties * ((double) truePositives / (ranked.length - start)));
      end = start;
    }
    return truePositives == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum.value() / truePositives);
  }

  /**
   * The largest F1 over thresholds at the scores, the highest threshold where several reach it.
   *
   * @throws IllegalArgumentException if the lengths differ or a score is NaN or infinite
   */
  public static BestF1 bestF1(float[] scores, boolean[] positive) {
    long[] ranked = ranked(scores, positive);
    long all = positives(ranked, 0, ranked.length);
    if (all == 0) {
      return BestF1.undefined("No score belongs to a positive");
    }
    double best = -1;
    double threshold = 0;
    long truePositives = 0;
    for (int end = ranked.length; end > 0; ) {
      int start = tiesFrom(ranked, end);
      truePositives += positives(ranked, start, end);
      double f1 = 2.0 * truePositives / (all + ranked.length - start);
      if (f1 > best) {
        best = f1;
        threshold = ScoreBits.score((int) (ranked[start] >>> 1));
      }
      end = start;
    }
    return new BestF1(new Estimate.Known(best, best, best), OptionalDouble.of(threshold));
  }

  /** Score and label in one number each, ascending. */
  private static long[] ranked(float[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          Text.format("%d scores do not go with %d labels", scores.length, positive.length));
    }
    Scores.requireFinite(scores, scores.length);
    long[] ranked = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      ranked[i] = Integer.toUnsignedLong(ScoreBits.key(scores[i])) << 1 | (positive[i] ? 1 : 0);
    }
    Arrays.sort(ranked);
    return ranked;
  }

  /** The start of the scores that equal the one before {@code end}. */
  private static int tiesFrom(long[] ranked, int end) {
    int start = end - 1;
    while (start > 0 && ranked[start - 1] >>> 1 == ranked[end - 1] >>> 1) {
      start--;
    }
    return start;
  }

  private static long positives(long[] ranked, int start, int end) {
    long count = 0;
    for (int i = start; i < end; i++) {
      count += ranked[i] & 1;
    }
    return count;
  }
}
