package io.nightjar.metric.sample;

import io.nightjar.metric.count.ScoreBits;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Images or items in the order of their scores, and their figures for any weights of theirs. */
final class RankedScores {
  /** By falling score. */
  private final int[] order;

  private final int[] keys;
  private final boolean[] defective;

  RankedScores(List<Float> scores, boolean[] defective) {
    this.defective = defective.clone();
    keys = scores.stream().mapToInt(score -> ScoreBits.key(score) ^ Integer.MIN_VALUE).toArray();
    order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> keys[i]).reversed())
            .mapToInt(i -> i)
            .toArray();
  }

  /**
   * Area under the ROC curve, average precision and the largest F1.
   *
   * @param weights how often each counts
   * @return NaN for each that does not exist
   */
  double[] figures(int[] weights) {
    double positives = 0;
    double negatives = 0;
    for (int i = 0; i < weights.length; i++) {
      if (defective[i]) {
        positives += weights[i];
      } else {
        negatives += weights[i];
      }
    }
    double found = 0;
    double wrong = 0;
    double pairs = 0;
    double precisions = 0;
    double best = 0;
    for (int at = 0; at < order.length; ) {
      int key = keys[order[at]];
      double p = 0;
      double n = 0;
      for (; at < order.length && keys[order[at]] == key; at++) {
        if (defective[order[at]]) {
          p += weights[order[at]];
        } else {
          n += weights[order[at]];
        }
      }
      pairs += n * (found + 0.5 * p);
      found += p;
      wrong += n;
      if (p > 0) {
        precisions += p * (found / (found + wrong));
      }
      best = Math.max(best, 2 * found / (found + wrong + positives));
    }
    return new double[] {
      positives > 0 && negatives > 0 ? pairs / (positives * negatives) : Double.NaN,
      positives > 0 ? precisions / positives : Double.NaN,
      positives > 0 ? best : Double.NaN
    };
  }

  /**
   * The fraction of the others, of the other label, that each is on the right side of; ties count
   * half.
   *
   * @return NaN where there is none of the other label
   */
  double[] placement() {
    double[] placement = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      double right = 0;
      double others = 0;
      for (int other = 0; other < keys.length; other++) {
        if (defective[other] != defective[i]) {
          int compared = Integer.compare(keys[i], keys[other]);
          right += compared == 0 ? 0.5 : (compared > 0) == defective[i] ? 1 : 0;
          others++;
        }
      }
      placement[i] = others == 0 ? Double.NaN : right / others;
    }
    return placement;
  }
}
