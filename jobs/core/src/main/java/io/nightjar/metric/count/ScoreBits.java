package io.nightjar.metric.count;

/** Float scores as integers of the same order. */
public final class ScoreBits {
  private ScoreBits() {}

  /**
   * The bits of a finite score, so arranged that unsigned integers order as the scores do; -0
   * counts as 0.
   */
  public static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
  }

  /** The score with this key. */
  public static float score(int key) {
    return Float.intBitsToFloat(key ^ ((~key >> 31) | Integer.MIN_VALUE));
  }

  /** The lowest finite score whose key is not below this one, the start of a bin. */
  static float lowest(int key) {
    float score = score(key);
    return Float.isFinite(score) ? score : -Float.MAX_VALUE;
  }
}
