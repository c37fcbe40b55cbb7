package io.nightjar.metric.region;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinLookup;
import io.nightjar.metric.sample.SparseCounts;
import java.util.Arrays;

/**
 * The coarse bins of those pixels of a defect that fill its saturation area: as many of its highest
 * scores as the area has pixels. They weigh the same and all others nothing, as in {@link
 * SaturatedDefect}.
 */
public final class DefectBins {
  private final BinLookup lookup;
  private final Mask mask;
  private final int saturation;
  private final boolean[] marked;
  private final int[] bins;
  private int count;

  /** Begins with no scores. */
  public DefectBins(BinLookup lookup, GroundTruth.Defect defect) {
    this.lookup = lookup;
    mask = defect.mask();
    saturation = Math.toIntExact(defect.saturationArea());
    marked = new boolean[mask.width()];
    bins = new int[Math.toIntExact(mask.positives())];
  }

  /** Takes the scores of row y; rows come from the top. */
  public void row(int y, float[] row) {
    mask.row(y, marked);
    for (int x = 0; x < marked.length; x++) {
      if (marked[x]) {
        bins[count++] = lookup.bin(row[x]);
      }
    }
  }

  /** The pixels that fill the saturation area, by bin; all rows have been taken. */
  public SparseCounts counts() {
    int[] ascending = bins.clone();
    Arrays.sort(ascending);
    return SparseCounts.ofSorted(Arrays.copyOfRange(ascending, count - saturation, count));
  }
}
