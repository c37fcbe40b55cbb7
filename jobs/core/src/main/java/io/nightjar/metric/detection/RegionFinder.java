package io.nightjar.metric.detection;

import io.nightjar.metric.region.ConnectedRegions;
import io.nightjar.score.RowConsumer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the regions of a map at the image's size, whose rows it takes one after another. It keeps
 * what lies at or above the threshold, as runs of pixels, and no map.
 */
public final class RegionFinder implements RowConsumer {
  private final int width;
  private final int height;
  private final float threshold;
  private final RegionRules rules;
  private final ConnectedRegions.Builder builder;
  private final boolean[] marks;
  private Run[] runs = new Run[16];
  private int count;

  /** What is known of a run of pixels, or of all runs of a region. */
  private static final class Run {
    private long area;
    private int left;
    private int right;
    private int top;
    private int bottom;
    private double sumX;
    private double sumY;
    private double sum;
    private float peak;
    private int peakX;
    private int peakY;

    private Run(int x, int y, float score) {
      left = x;
      top = y;
      bottom = y;
      peak = score;
      peakX = x;
      peakY = y;
    }

    private void add(int x, float score) {
      area++;
      right = x;
      sumX += x;
      sumY += top;
      sum += score;
      if (score > peak) {
        peak = score;
        peakX = x;
      }
    }

    /** Adds a run that comes later, row by row. */
    private void add(Run later) {
      area += later.area;
      left = Math.min(left, later.left);
      right = Math.max(right, later.right);
      bottom = later.bottom;
      sumX += later.sumX;
      sumY += later.sumY;
      sum += later.sum;
      if (later.peak > peak) {
        peak = later.peak;
        peakX = later.peakX;
        peakY = later.peakY;
      }
    }

    private AnomalyRegion region() {
      return new AnomalyRegion(
          area,
          left,
          top,
          right - left + 1,
          bottom - top + 1,
          sumX / area,
          sumY / area,
          peak,
          peakX,
          peakY,
          sum / area);
    }
  }

  /**
   * Begins with no row.
   *
   * @param width of the map in pixels
   * @param height likewise
   * @param threshold the score from which on a pixel belongs to a region
   * @param rules what counts as one region
   */
  public RegionFinder(int width, int height, float threshold, RegionRules rules) {
    this.width = width;
    this.height = height;
    this.threshold = threshold;
    this.rules = rules;
    this.builder = new ConnectedRegions.Builder(height, rules.mergeWithin() + 1);
    this.marks = new boolean[width];
  }

  @Override
  public void accept(int y, float[] row) {
    Run run = null;
    for (int x = 0; x < width; x++) {
      marks[x] = row[x] >= threshold;
      if (!marks[x]) {
        run = null;
        continue;
      }
      if (run == null) {
        run = new Run(x, y, row[x]);
        if (count == runs.length) {
          runs = Arrays.copyOf(runs, 2 * count);
        }
        runs[count++] = run;
      }
      run.add(x, row[x]);
    }
    builder.add(marks);
  }

  /**
   * The regions, once all rows have been taken.
   *
   * @return those that the rules leave
   * @throws IllegalStateException if rows are missing
   */
  public AnomalyRegions regions() {
    ConnectedRegions pixels = builder.build();
    Run[] whole = new Run[pixels.count()];
    int[] next = {0};
    for (int y = 0; y < height; y++) {
      pixels.runsOfRow(
          y,
          (region, from, to) -> {
            Run run = runs[next[0]++];
            if (whole[region] == null) {
              whole[region] = run;
            } else {
              whole[region].add(run);
            }
          });
    }
    List<Integer> kept = new ArrayList<>();
    for (int region = 0; region < whole.length; region++) {
      if (whole[region].area >= rules.minArea()) {
        kept.add(region);
      }
    }
    // A stable sort: of equal peaks the region that begins first stays first.
    kept.sort(Comparator.comparing(region -> -whole[region].peak));
    int[] places = new int[whole.length];
    Arrays.fill(places, -1);
    for (int place = 0; place < kept.size(); place++) {
      places[kept.get(place)] = place;
    }
    return new AnomalyRegions(
        width,
        height,
        pixels,
        places,
        kept.stream().map(region -> whole[region].region()).toList());
  }
}
