package io.nightjar.metric.region;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.CompensatedSum;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.metric.result.Estimate;

/**
 * The per-region overlap (PRO) curve: the fraction of a connected region at or above a threshold,
 * averaged over the regions, as a function of the fraction of all normal pixels that is (Bergmann
 * et al., IJCV 2021). Equal scores give one point; points are joined by lines, from (0, 0).
 */
public final class RegionOverlap {

  /** Takes the bins of counts and weights together. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one bin.
     *
     * @param weight the weight of its positives, {@link RegionWeights#UNIT} a region
     */
    void bin(float lowest, long positives, long negatives, long weight);
  }

  private RegionOverlap() {}

  /** Visits the filled bins from the highest scores down, at the wider of the two bin widths. */
  public static void descending(BinCounts counts, RegionWeights weights, Visitor visitor) {
    RegionWeights aligned = weights;
    if (weights.shift() < counts.shift()) {
      aligned = weights.copy();
      aligned.coarsenTo(counts.shift());
    }
    Joining joining = new Joining(aligned, visitor);
    counts.descending(joining);
    joining.flush();
  }

  /** Joins the bins of counts within one bin of weights. */
  private static final class Joining implements BinCounts.Visitor {
    private final RegionWeights weights;
    private final Visitor visitor;
    private int key;
    private float lowest;
    private long positives;
    private long negatives;

    Joining(RegionWeights weights, Visitor visitor) {
      this.weights = weights;
      this.visitor = visitor;
    }

    @Override
    public void bin(float binLowest, long binPositives, long binNegatives) {
      int binKey = ScoreBits.key(binLowest);
      if (binKey >>> weights.shift() != key >>> weights.shift()) {
        flush();
      }
      key = binKey;
      lowest = binLowest;
      positives += binPositives;
      negatives += binNegatives;
    }

    void flush() {
      if (positives + negatives > 0) {
        visitor.bin(lowest, positives, negatives, positives == 0 ? 0 : weights.at(key));
        positives = 0;
        negatives = 0;
      }
    }
  }

  /**
   * The area under the curve up to an FPR limit, divided by the limit. Inside a bin the curve rises
   * from one corner to the other, which gives the bounds.
   */
  public static Estimate aupro(
      BinCounts counts, RegionWeights weights, long regions, double fprLimit) {
    if (!(fprLimit > 0 && fprLimit <= 1)) {
      throw new IllegalArgumentException(
          "The FPR limit of AUPRO must lie above 0 and at most at 1, not at " + fprLimit);
    }
    long[] negatives = new long[1];
    counts.descending((lowest, positive, negative) -> negatives[0] += negative);
    if (regions == 0) {
      return new Estimate.Undefined("No pixel lies inside of a defect");
    }
    if (negatives[0] == 0) {
      return new Estimate.Undefined("Every pixel lies inside of a defect");
    }
    Area area = new Area(fprLimit * negatives[0]);
    descending(counts, weights, area);
    double whole = area.limit * regions * RegionWeights.UNIT;
    double value = area.middle.value() / whole;
    if (counts.isExact() && weights.shift() == 0) {
      return new Estimate.Known(value, value, value);
    }
    return new Estimate.Known(
        value,
        Math.min(value, area.lower.value() / whole),
        Math.max(value, area.upper.value() / whole));
  }

  /** Sums trapezoids until the limit, in normal pixels. */
  private static final class Area implements Visitor {
    private final double limit;
    private final CompensatedSum middle = new CompensatedSum();
    private final CompensatedSum lower = new CompensatedSum();
    private final CompensatedSum upper = new CompensatedSum();
    private long falsePositives;
    private long found;

    Area(double limit) {
      this.limit = limit;
    }

    @Override
    public void bin(float lowest, long positives, long negatives, long weight) {
      double width = Math.min((double) negatives, limit - falsePositives);
      if (width > 0) {
        middle.add(width * found + 0.5 * width * width / negatives * weight);
        lower.add(width * found);
        upper.add(width * ((double) found + weight));
      }
      falsePositives += negatives;
      found += weight;
    }
  }
}
