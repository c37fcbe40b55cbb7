package io.nightjar.metric;

import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.metric.sample.SparseCounts;
import io.nightjar.score.ImageScoreKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What both passes counted of each test image, as a sample. */
public final class CountedSample {
  private CountedSample() {}

  /**
   * The sample of a category, still without its name, its resolution and the hashes of its files.
   *
   * @param counts of the first pass
   * @param kind of the images' own scores
   * @param bins theirs, in which the second pass counted
   * @param images of the second pass, in any order; none where it was not made
   */
  public static CategorySample of(
      CategoryCounts counts, ImageScoreKind kind, CoarseBins bins, Collection<ImageCounts> images) {
    Map<String, ImageCounts> byPath =
        images.stream().collect(Collectors.toMap(ImageCounts::path, Function.identity()));
    return new CategorySample(
        "",
        "",
        bins.edges(),
        bins.isExact(),
        counts.images().values().stream()
            .map(record -> image(record, kind, byPath.get(record.path())))
            .toList());
  }

  private static SampleImage image(ImageRecord record, ImageScoreKind kind, ImageCounts counted) {
    return new SampleImage(
        record.path(),
        record.defect(),
        record.defective(),
        record.image().item(),
        record.hasTruth(),
        record.score(kind),
        SampleImage.Hashes.NONE,
        counted == null ? SparseCounts.NONE : counted.negatives(),
        counted == null ? List.of() : counted.regions(),
        counted == null ? List.of() : counted.defects());
  }
}
