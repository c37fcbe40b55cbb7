package io.nightjar.metric.exact;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of scores for exact mode: few enough pixels to be kept and sorted, or a single bin of the
 * histogram, whose at most {@code 2^shift} values are counted one by one.
 *
 * @param fromKey the smallest key ({@link ScoreBits}) of the range
 * @param toKey the largest
 * @param positives how many positive pixels it holds
 * @param positivesAbove how many positive pixels score higher than the range
 */
public record ExactRange(
    int fromKey,
    int toKey,
    long positives,
    long negatives,
    long positivesAbove,
    long negativesAbove,
    boolean singleBin)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Divides all scores into ranges, highest first; see {@code CategoryCounts.exactRanges}. */
  public static List<ExactRange> cut(BinCounts counts, int maxPixels) {
    if (maxPixels < 1) {
      throw new IllegalArgumentException(
          Text.format("A range cannot hold %d pixels at most", maxPixels));
    }
    Cutter cutter = new Cutter(counts.shift(), maxPixels);
    counts.descending(cutter);
    cutter.close();
    return List.copyOf(cutter.ranges);
  }

  /** The number of pixels in the range. */
  public long pixels() {
    return positives + negatives;
  }

  private static final class Cutter implements BinCounts.Visitor {
    private final List<ExactRange> ranges = new ArrayList<>();
    private final int shift;
    private final int maxPixels;
    private int from;
    private int to;
    private int bins;
    private long positives;
    private long negatives;
    private long positivesAbove;
    private long negativesAbove;

    Cutter(int shift, int maxPixels) {
      this.shift = shift;
      this.maxPixels = maxPixels;
    }

    @Override
    public void bin(float lowest, long binPositives, long binNegatives) {
      if (positives + negatives + binPositives + binNegatives > maxPixels) {
        close();
      }
      from = ScoreBits.key(lowest);
      if (bins == 0) {
        to = from | ((1 << shift) - 1);
      }
      bins++;
      positives += binPositives;
      negatives += binNegatives;
    }

    void close() {
      if (bins > 0) {
        ranges.add(
            new ExactRange(
                from, to, positives, negatives, positivesAbove, negativesAbove, bins == 1));
        positivesAbove += positives;
        negativesAbove += negatives;
        positives = 0;
        negatives = 0;
        bins = 0;
      }
    }
  }
}
