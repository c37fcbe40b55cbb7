package io.nightjar.metric;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinLookup;
import io.nightjar.metric.count.FeedRows;
import io.nightjar.metric.region.ConnectedRegions;
import io.nightjar.metric.sample.SparseCounts;
import io.nightjar.score.RowConsumer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the scores of one image row by row, from the top, and counts them in coarse bins. */
public final class CoarseFeed implements RowConsumer {
  private final BinLookup lookup;
  private final String path;
  private final Mask mask;
  private final FeedRows rows;
  private final boolean[] truth;
  private final int[] positives;
  private final int[] negatives;
  private final ConnectedRegions regions;

  /** Region and bin of each defective pixel so far. */
  private final long[] marked;

  private int markedPixels;

  CoarseFeed(CoarseBins bins, String path, Mask mask) {
    lookup = bins.lookup();
    this.path = path;
    this.mask = mask;
    rows = new FeedRows(path, mask.width(), mask.height());
    truth = new boolean[mask.width()];
    positives = new int[bins.size()];
    negatives = new int[bins.size()];
    regions = ConnectedRegions.of(mask);
    marked = new long[Math.toIntExact(mask.positives())];
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
    mask.row(y, truth);
    for (int x = 0; x < truth.length; x++) {
      (truth[x] ? positives : negatives)[lookup.bin(row[x])]++;
    }
    regions.runsOfRow(y, (region, from, to) -> mark(row, region, from, to));
  }

  private void mark(float[] row, int region, int from, int to) {
    for (int x = from; x < to; x++) {
      marked[markedPixels++] = (long) region << Integer.SIZE | lookup.bin(row[x]);
    }
  }

  /**
   * The counts of the image.
   *
   * @throws IllegalArgumentException naming the image, if rows are missing
   */
  public ImageCounts end() {
    rows.end();
    return new ImageCounts(path, positives, negatives, countsOfRegions());
  }

  private List<SparseCounts> countsOfRegions() {
    Arrays.sort(marked, 0, markedPixels);
    List<SparseCounts> counts = new ArrayList<>();
    int[] bins = new int[positives.length];
    int[] pixels = new int[positives.length];
    for (int at = 0; at < markedPixels; ) {
      long region = marked[at] >>> Integer.SIZE;
      int filled = 0;
      while (at < markedPixels && marked[at] >>> Integer.SIZE == region) {
        int first = at;
        while (at < markedPixels && marked[at] == marked[first]) {
          at++;
        }
        bins[filled] = (int) marked[first];
        pixels[filled++] = at - first;
      }
      counts.add(new SparseCounts(Arrays.copyOf(bins, filled), Arrays.copyOf(pixels, filled)));
    }
    return counts;
  }
}
