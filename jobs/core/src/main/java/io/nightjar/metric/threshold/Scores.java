package io.nightjar.metric.threshold;

import io.nightjar.text.Text;

/** Checks on scores. */
final class Scores {
  private Scores() {}

  static void requireFinite(float[] scores, int n) {
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            Text.format("Score %d is %s; scores must be finite", i, scores[i]));
      }
    }
  }
}
