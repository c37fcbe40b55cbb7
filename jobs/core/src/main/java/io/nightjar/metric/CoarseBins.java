package io.nightjar.metric;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.BinLookup;
import io.nightjar.metric.count.ScoreBits;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * At most about 4,000 ranges of scores in which each image is counted on its own. No bin that could
 * be split holds more than 1/800 of all pixels or of all positives; where the good images' FPR lies
 * between 3e-6 and 3e-4 the bins are finer, so that AUPIMO's limits fall between close edges. Where
 * there are no more distinct scores than bins, each has its own.
 */
public final class CoarseBins implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MAX_BINS = 4096;
  private static final double PARTS = 800;
  private static final double TAIL_PARTS = 500;
  private static final double STEPS_PER_DECADE = 200;
  private static final double TAIL_FROM = 3e-6;
  private static final double TAIL_TO = 3e-4;

  /** The lowest key of each bin, ascending, less 2^31 so that signed integers sort as scores. */
  private final int[] edges;

  private final boolean exact;

  /** Made once in a process, of the edges alone. */
  private transient BinLookup lookup;

  private CoarseBins(int[] edges, boolean exact) {
    this.edges = edges.length > 0 ? edges : new int[1];
    this.exact = exact;
    this.edges[0] = Integer.MIN_VALUE;
  }

  static CoarseBins of(CategoryCounts counts) {
    BinCounts pooled = counts.pooled().bins();
    Tail tail = new Tail(counts.good().bins());
    EvenEdges all = new EvenEdges(Integer.MIN_VALUE, Integer.MAX_VALUE, PARTS, tail.edges);
    EvenEdges within = new EvenEdges(tail.lowest, tail.highest, TAIL_PARTS, tail.edges);
    int[] filled = new int[1];
    pooled.descending(
        (lowest, positives, negatives) -> {
          filled[0]++;
          all.count(edge(lowest), positives, negatives);
          within.count(edge(lowest), positives, negatives);
        });
    if (filled[0] <= MAX_BINS) {
      int[] edges = new int[filled[0]];
      pooled.descending((lowest, positives, negatives) -> edges[--filled[0]] = edge(lowest));
      return new CoarseBins(edges, pooled.isExact());
    }
    pooled.descending(
        (lowest, positives, negatives) -> {
          all.cut(edge(lowest), positives, negatives);
          within.cut(edge(lowest), positives, negatives);
        });
    return new CoarseBins(tail.edges.build().sorted().distinct().toArray(), false);
  }

  private static int edge(float lowest) {
    return ScoreBits.key(lowest) ^ Integer.MIN_VALUE;
  }

  /** Edges at even steps of the logarithm of the good images' FPR. */
  private static final class Tail {
    private final IntStream.Builder edges = IntStream.builder();
    private int lowest = Integer.MAX_VALUE;
    private int highest = Integer.MIN_VALUE;
    private long above;
    private double nextFpr = TAIL_FROM;

    Tail(BinCounts good) {
      long[] total = new long[1];
      good.descending((score, positives, negatives) -> total[0] += negatives);
      good.descending((score, positives, negatives) -> bin(score, negatives, (double) total[0]));
    }

    private void bin(float score, long negatives, double total) {
      if (above / total <= TAIL_TO) {
        above += negatives;
        int edge = edge(score);
        lowest = edge;
        if (above / total <= TAIL_FROM || highest == Integer.MIN_VALUE) {
          highest = edge;
        }
        if (above / total >= nextFpr) {
          edges.add(edge);
          nextFpr = above / total * Math.pow(10, 1 / STEPS_PER_DECADE);
        }
      }
    }
  }

  /** Edges that divide the pixels and the positives between two edges evenly. */
  private static final class EvenEdges {
    private final int from;
    private final int to;
    private final double parts;
    private final IntStream.Builder edges;
    private long allPixels;
    private long allPositives;
    private long pixels;
    private long positives;
    private int lastEdge;

    EvenEdges(int from, int to, double parts, IntStream.Builder edges) {
      this.from = from;
      this.to = to;
      this.parts = parts;
      this.edges = edges;
    }

    void count(int edge, long binPositives, long binNegatives) {
      if (edge >= from && edge <= to) {
        allPixels += binPositives + binNegatives;
        allPositives += binPositives;
      }
    }

    void cut(int edge, long binPositives, long binNegatives) {
      if (edge < from || edge > to) {
        return;
      }
      pixels += binPositives + binNegatives;
      positives += binPositives;
      if (pixels * parts > allPixels || positives * parts > allPositives) {
        // The bin that exceeds the limit starts the next one, unless it is the first.
        boolean alone = pixels == binPositives + binNegatives;
        edges.add(alone ? edge : lastEdge);
        pixels = alone ? 0 : binPositives + binNegatives;
        positives = alone ? 0 : binPositives;
      }
      lastEdge = edge;
    }
  }

  /** The number of bins. */
  public int size() {
    return edges.length;
  }

  /** Whether each bin holds a single score. */
  boolean isExact() {
    return exact;
  }

  /**
   * Begins to count an image of the first pass.
   *
   * @param mask its ground truth, as in the first pass
   */
  public CoarseFeed image(String path, Mask mask) {
    return image(path, mask, List.of());
  }

  /**
   * Begins to count an image of the first pass.
   *
   * @param mask its ground truth, as in the first pass
   * @param defects of the mask, where their saturation areas are known, as in the first pass
   */
  public CoarseFeed image(String path, Mask mask, List<GroundTruth.Defect> defects) {
    return new CoarseFeed(this, path, mask, defects);
  }

  /** The lowest key of each bin, ascending, less 2^31. */
  int[] edges() {
    return edges.clone();
  }

  synchronized BinLookup lookup() {
    if (lookup == null) {
      lookup = new BinLookup(edges);
    }
    return lookup;
  }
}
