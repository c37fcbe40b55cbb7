package io.nightjar.dataset.map;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What maps of float64 scores lose where they are measured as float32.
 *
 * @param scores different float64 scores, counted in each map and summed
 * @param merged how many of them float32 no longer distinguishes from the next smaller one
 * @param low the smallest score; positive infinity where no map is of float64
 * @param high the largest score; negative infinity where no map is of float64
 */
public record ScoreRounding(long scores, long merged, double low, double high)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of maps that store float32 or less: nothing is lost. */
  public static final ScoreRounding NONE =
      new ScoreRounding(0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** Scores that fewer float32 numbers than these lie between are too coarse. */
  private static final int FEW_LEVELS = 1 << 16;

  /** What one map loses when its scores are counted from an origin, as {@link DecodedMap#minus}. */
  public static ScoreRounding of(DecodedMap map, double origin) {
    if (!map.isWide()) {
      return NONE;
    }
    double[] sorted = map.wide().clone();
    Arrays.sort(sorted);
    long scores = 1;
    long merged = 0;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] > sorted[i - 1]) { // 0 and -0 are one score
        scores++;
        if ((float) (sorted[i] - origin) == (float) (sorted[i - 1] - origin)) {
          merged++;
        }
      }
    }
    return new ScoreRounding(scores, merged, sorted[0], sorted[sorted.length - 1]);
  }

  /** The loss of these maps and others. */
  public ScoreRounding plus(ScoreRounding other) {
    return new ScoreRounding(
        scores + other.scores,
        merged + other.merged,
        Math.min(low, other.low),
        Math.max(high, other.high));
  }

  /** Whether some score lost its place. */
  public boolean isLossy() {
    return merged > 0;
  }

  /**
   * Whether so much is lost that another origin should be tried: more than one score in a hundred,
   * or scores of all maps between which float32 knows few numbers.
   */
  public boolean isCoarse() {
    return merged * 100 > scores || hasFewLevels();
  }

  private boolean hasFewLevels() {
    return low < high && levels((float) low, (float) high) < FEW_LEVELS;
  }

  /** Whether counting from another origin, whose loss this is, is better than from 0. */
  public boolean improves(ScoreRounding fromZero) {
    return 2 * merged <= fromZero.merged && (fromZero.isLossy() || fromZero.hasFewLevels());
  }

  /** Float32 numbers from one to the other. */
  private static long levels(float from, float to) {
    return order(to) - order(from);
  }

  private static long order(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? -(long) (bits & Integer.MAX_VALUE) : bits;
  }
}
