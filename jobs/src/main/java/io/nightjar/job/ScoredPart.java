package io.nightjar.job;

import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.ImageFeed;
import io.nightjar.score.AnomalyMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one partition of the first pass hands back. Merging adds integer counts, so any partitioning
 * gives the same counts; {@link #gather} puts the images in order.
 */
record ScoredPart(CategoryCounts counts, ArrayList<ScoredImage> images, DetourCount detours)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static ScoredPart empty() {
    return new ScoredPart(new CategoryCounts(), new ArrayList<>(), new DetourCount());
  }

  /**
   * Counts an image.
   *
   * @param map its map, read from the source
   * @param mask its ground truth at its own size
   * @throws DefectiveFileException naming the image, if a score is NaN or infinite; nothing is
   *     counted then
   */
  void add(ImageRef ref, MapSource source, AnomalyMap map, Mask mask, MapMeasure measure)
      throws DefectiveFileException {
    Mask truth = measure.atEvaluationSize(mask);
    ImageFeed feed = counts.image(ref.relativePath(), ref.defect(), ref.isDefective(), truth);
    try {
      measure.rows(map, truth.width(), truth.height(), feed);
    } catch (IllegalArgumentException e) {
      throw new DefectiveFileException(ref.uri(), e.getMessage() + ".");
    }
    feed.end();
    float low = Float.POSITIVE_INFINITY;
    for (float value : map.values()) {
      low = Math.min(low, value);
    }
    images.add(
        new ScoredImage(
            ref,
            source,
            truth.pack(),
            feed.imageScore(),
            ref.isDefective() ? feed.ownAuprc() : Double.NaN,
            low,
            map.max()));
  }

  /** All parts of a pass as one, the images in catalogue order. */
  static ScoredPart gather(JavaRDD<ScoredPart> parts) {
    ScoredPart whole = parts.fold(empty(), ScoredPart::merge);
    whole.images.sort(Comparator.comparing(image -> image.ref().relativePath()));
    return whole;
  }

  /** Takes in another part of the same pass, whose images come after these; returns itself. */
  ScoredPart merge(ScoredPart other) {
    counts.merge(other.counts);
    images.addAll(other.images);
    detours.merge(other.detours);
    return this;
  }
}
