package io.nightjar.metric;

import io.nightjar.metric.sample.SparseCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The counts of one image in {@link CoarseBins}. */
public final class ImageCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final int[] positives;
  private final int[] negatives;
  private final List<SparseCounts> regions;
  private final List<SparseCounts> defects;

  /**
   * @param regions the positives of each connected region of the mask
   * @param defects the pixels that fill the saturation area of each defect, where these are known
   */
  ImageCounts(
      String path,
      int[] positives,
      int[] negatives,
      List<SparseCounts> regions,
      List<SparseCounts> defects) {
    this.path = path;
    this.positives = positives;
    this.negatives = negatives;
    this.regions = List.copyOf(regions);
    this.defects = List.copyOf(defects);
  }

  /** The image's path within the category. */
  public String path() {
    return path;
  }

  int bins() {
    return positives.length;
  }

  /** The normal pixels. */
  SparseCounts negatives() {
    return SparseCounts.of(negatives);
  }

  /** The defective pixels of each connected region of the mask. */
  List<SparseCounts> regions() {
    return regions;
  }

  /** The pixels that fill the saturation area of each defect, where these are known. */
  List<SparseCounts> defects() {
    return defects;
  }

  int positives(int bin) {
    return positives[bin];
  }

  int negatives(int bin) {
    return negatives[bin];
  }

  long allPositives() {
    return Arrays.stream(positives).asLongStream().sum();
  }

  long allPixels() {
    return allPositives() + Arrays.stream(negatives).asLongStream().sum();
  }
}
