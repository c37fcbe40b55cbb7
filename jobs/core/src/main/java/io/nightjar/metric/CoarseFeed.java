package io.nightjar.metric;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinLookup;
import io.nightjar.metric.count.FeedRows;
import io.nightjar.metric.region.ConnectedRegions;
import io.nightjar.metric.region.DefectBins;
import io.nightjar.metric.sample.SparseCounts;
import io.nightjar.score.RowConsumer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the scores of one image row by row, from the top, and counts them in coarse bins. */
public final class CoarseFeed implements RowConsumer {
  private final BinLookup lookup;
  private final String path;
  private final FeedRows rows;
  private final int width;
  private final int[] positives;
  private final int[] negatives;
  private final ConnectedRegions regions;
  private final List<DefectBins> defects;

  /** The bins of the defective pixels so far, region after region. */
  private final int[] marked;

  /** Where the bin of a region's next pixel goes. */
  private final int[] next;

  CoarseFeed(CoarseBins bins, String path, Mask mask, List<GroundTruth.Defect> defects) {
    lookup = bins.lookup();
    this.path = path;
    rows = new FeedRows(path, mask.width(), mask.height());
    width = mask.width();
    positives = new int[bins.size()];
    negatives = new int[bins.size()];
    regions = ConnectedRegions.of(mask);
    this.defects = defects.stream().map(defect -> new DefectBins(lookup, defect)).toList();
    marked = new int[Math.toIntExact(mask.positives())];
    next = new int[regions.count()];
    for (int region = 1; region < next.length; region++) {
      next[region] = next[region - 1] + Math.toIntExact(regions.size(region - 1));
    }
  }

  /**
   * Takes the next row.
   *
   * @throws IllegalArgumentException naming the image, if a score is NaN or infinite or the row is
   *     not the next of the mask's width
   */
  @Override
  public void accept(int y, float[] row) {
    rows.check(y, row);
    lookup.count(row, width, negatives);
    regions.runsOfRow(y, (region, from, to) -> mark(row, region, from, to));
    defects.forEach(defect -> defect.row(y, row));
  }

  /** Defective pixels, which were counted as normal ones. */
  private void mark(float[] row, int region, int from, int to) {
    for (int x = from; x < to; x++) {
      int bin = lookup.bin(row[x]);
      negatives[bin]--;
      positives[bin]++;
      marked[next[region]++] = bin;
    }
  }

  /**
   * The counts of the image.
   *
   * @throws IllegalArgumentException naming the image, if rows are missing
   */
  public ImageCounts end() {
    rows.end();
    return new ImageCounts(
        path,
        positives,
        negatives,
        countsOfRegions(),
        defects.stream().map(DefectBins::counts).toList());
  }

  private List<SparseCounts> countsOfRegions() {
    List<SparseCounts> counts = new ArrayList<>();
    int[] pixels = new int[positives.length];
    int from = 0;
    for (int to : next) {
      counts.add(countsOf(from, to, pixels));
      from = to;
    }
    return counts;
  }

  /**
   * The counts of a region.
   *
   * @param pixels zero for every bin, before and after
   */
  private SparseCounts countsOf(int from, int to, int[] pixels) {
    int[] bins = new int[Math.min(to - from, pixels.length)];
    int filled = 0;
    for (int at = from; at < to; at++) {
      if (pixels[marked[at]]++ == 0) {
        bins[filled++] = marked[at];
      }
    }
    bins = Arrays.copyOf(bins, filled);
    Arrays.sort(bins);
    int[] counts = new int[filled];
    for (int i = 0; i < filled; i++) {
      counts[i] = pixels[bins[i]];
      pixels[bins[i]] = 0;
    }
    return new SparseCounts(bins, counts);
  }
}
