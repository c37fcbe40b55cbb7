package io.nightjar.metric;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinLookup;
import io.nightjar.metric.count.FeedRows;
import io.nightjar.score.RowConsumer;

/** Takes the scores of one image row by row, from the top, and counts them in coarse bins. */
public final class CoarseFeed implements RowConsumer {
  private final BinLookup lookup;
  private final String path;
  private final Mask mask;
  private final FeedRows rows;
  private final boolean[] truth;
  private final int[] positives;
  private final int[] negatives;

  CoarseFeed(CoarseBins bins, String path, Mask mask) {
    lookup = bins.lookup();
    this.path = path;
    this.mask = mask;
    rows = new FeedRows(path, mask.width(), mask.height());
    truth = new boolean[mask.width()];
    positives = new int[bins.size()];
    negatives = new int[bins.size()];
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
  }

  /**
   * The counts of the image.
   *
   * @throws IllegalArgumentException naming the image, if rows are missing
   */
  public ImageCounts end() {
    rows.end();
    return new ImageCounts(path, positives, negatives);
  }
}
