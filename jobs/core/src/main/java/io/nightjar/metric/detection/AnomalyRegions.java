package io.nightjar.metric.detection;

import io.nightjar.metric.region.ConnectedRegions;
import java.util.Arrays;
import java.util.List;

/** The regions of one image, and which pixels each has. */
public final class AnomalyRegions {
  private final int width;
  private final int height;
  private final ConnectedRegions pixels;

  /** By the number of a region in {@link #pixels}: its place in {@link #all}, or -1. */
  private final int[] places;

  private final List<AnomalyRegion> all;

  AnomalyRegions(
      int width, int height, ConnectedRegions pixels, int[] places, List<AnomalyRegion> all) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.places = places;
    this.all = List.copyOf(all);
  }

  /**
   * All regions.
   *
   * @return the one with the highest peak first; of equal peaks, the one that begins first, row by
   *     row
   */
  public List<AnomalyRegion> all() {
    return all;
  }

  /**
   * A row of the mask of all regions.
   *
   * @param y the row, from 0
   * @param marks receives whether each pixel belongs to a region
   */
  public void row(int y, boolean[] marks) {
    Arrays.fill(marks, false);
    pixels.runsOfRow(
        y,
        (region, from, to) -> {
          if (places[region] >= 0) {
            Arrays.fill(marks, from, to, true);
          }
        });
  }

  /**
   * The pixels of a region as run lengths in the order of COCO's masks: column by column, pixels
   * outside and inside by turns, beginning with those outside.
   *
   * @param place of the region in {@link #all}
   * @return lengths whose sum is the number of the image's pixels; the first may be 0, no other is
   * @see <a href="https://github.com/cocodataset/cocoapi">Lin et al., Microsoft COCO, ECCV 2014</a>
   */
  public int[] runLengths(int place) {
    AnomalyRegion region = all.get(place);
    boolean[] box = box(region, place);
    RunLengths lengths = new RunLengths();
    lengths.add(false, (long) region.left() * height);
    for (int x = 0; x < region.width(); x++) {
      lengths.add(false, region.top());
      for (int y = 0; y < region.height(); y++) {
        lengths.add(box[y * region.width() + x], 1);
      }
      lengths.add(false, height - region.top() - region.height());
    }
    lengths.add(false, (long) (width - region.left() - region.width()) * height);
    return lengths.toArray();
  }

  private boolean[] box(AnomalyRegion region, int place) {
    boolean[] box = new boolean[Math.multiplyExact(region.width(), region.height())];
    for (int y = 0; y < region.height(); y++) {
      int row = y * region.width() - region.left();
      pixels.runsOfRow(
          region.top() + y,
          (number, from, to) -> {
            if (places[number] == place) {
              Arrays.fill(box, row + from, row + to, true);
            }
          });
    }
    return box;
  }

  private static final class RunLengths {
    private int[] lengths = new int[16];
    private int count = 1;
    private boolean inside;

    void add(boolean marked, long pixels) {
      if (pixels == 0) {
        return;
      }
      if (marked != inside) {
        if (count == lengths.length) {
          lengths = Arrays.copyOf(lengths, 2 * count);
        }
        count++;
        inside = marked;
      }
      lengths[count - 1] = Math.toIntExact(lengths[count - 1] + pixels);
    }

    int[] toArray() {
      return Arrays.copyOf(lengths, count);
    }
  }
}
