package io.nightjar.metric.selection;

import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.metric.sample.SparseCounts;
import java.util.List;

/** Samples of hand-made images. */
final class Scored {
  private Scored() {}

  /** An image of which only the score is known. */
  static SampleImage image(String path, String defect, String item, float score) {
    return new SampleImage(
        path,
        defect,
        !defect.equals("good"),
        item,
        false,
        score,
        SampleImage.Hashes.NONE,
        SparseCounts.NONE,
        List.of(),
        List.of());
  }

  /** An image with its pixels counted in bins that hold one score each. */
  static SampleImage counted(String path, String defect, int[] negatives, int[] positives) {
    return new SampleImage(
        path,
        defect,
        !defect.equals("good"),
        "",
        true,
        0,
        SampleImage.Hashes.NONE,
        SparseCounts.of(negatives),
        defect.equals("good") ? List.of() : List.of(SparseCounts.of(positives)),
        List.of());
  }

  static CategorySample sample(List<SampleImage> images, int bins) {
    int[] edges = new int[bins];
    for (int i = 0; i < bins; i++) {
      edges[i] = i;
    }
    return new CategorySample("bottle", "original", edges, true, images);
  }
}
