package io.nightjar.metric.decision;

/**
 * A threshold for patches by conformal risk control (Angelopoulos et al., <i>Conformal Risk
 * Control</i>, ICLR 2024): the smallest one at which the mean fraction of patches of normal images
 * at or above it, counted as if one more image had all of its patches there, is at most a rate. The
 * fraction of a new normal image's patches at or above it is then at most that rate on average.
 */
public final class PatchThreshold {
  private PatchThreshold() {}

  /**
   * The threshold at a rate.
   *
   * @param lowest the smallest value of each bin of values, ascending
   * @param counts of patches in the bins; every image has as many patches
   * @param above a value above those of the last bin, at which no patch lies
   * @param images that the patches are of, n
   * @param rate at least 1 / (n + 1)
   * @return the start of a bin, or {@code above}; patches at or above it count as anomalous
   * @throws IllegalArgumentException if so few images allow no threshold
   */
  public static float at(float[] lowest, long[] counts, float above, int images, double rate) {
    double total = 0;
    for (long count : counts) {
      total += count;
    }
    float threshold = above;
    double atOrAbove = 0;
    if (!isWithin(0, images, rate)) {
      throw new IllegalArgumentException(
          "There is no threshold at the rate " + rate + " for " + images + " images");
    }
    for (int bin = lowest.length - 1; bin >= 0; bin--) {
      atOrAbove += counts[bin];
      if (!isWithin(atOrAbove / total, images, rate)) {
        break;
      }
      threshold = lowest[bin];
    }
    return threshold;
  }

  private static boolean isWithin(double mean, int images, double rate) {
    return ConformalScores.isWithin((images * mean + 1) / (images + 1.0), rate);
  }
}
