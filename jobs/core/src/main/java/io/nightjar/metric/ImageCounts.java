package io.nightjar.metric;

import java.io.Serializable;
import java.util.Arrays;

/** The counts of one image in {@link CoarseBins}. */
public final class ImageCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final int[] positives;
  private final int[] negatives;

  ImageCounts(String path, int[] positives, int[] negatives) {
    this.path = path;
    this.positives = positives;
    this.negatives = negatives;
  }

  /** The image's path within the category. */
  public String path() {
    return path;
  }

  int bins() {
    return positives.length;
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
