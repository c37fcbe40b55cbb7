package io.nightjar.job.measure;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Inspection;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.PackedDefect;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.ImageFeed;
import io.nightjar.metric.ScoreFeed;
import io.nightjar.metric.TestImage;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScores;
import io.nightjar.score.RowConsumer;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import org.apache.spark.api.java.JavaRDD;

/**
 * What one partition of the first pass hands back. Merging adds integer counts, so any partitioning
 * gives the same counts; {@link #gather} puts the images in order.
 */
public record ScoredPart(
    CategoryCounts counts,
    ArrayList<ScoredImage> images,
    FallbackCount fallbacks,
    RoundingCount rounding)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A part without any image. */
  public static ScoredPart empty() {
    return new ScoredPart(
        new CategoryCounts(), new ArrayList<>(), new FallbackCount(), new RoundingCount());
  }

  /**
   * Counts an image.
   *
   * @param map its map, read from the source
   * @param whole its ground truth at its own size; of a defective image without a mask, the size
   *     alone counts
   * @throws UnreadableFileException naming the image, if a score is NaN or infinite; nothing is
   *     counted then
   */
  public void add(
      ImageRef ref, MapSource source, AnomalyMap map, GroundTruth whole, MapMeasure measure)
      throws UnreadableFileException {
    add(ref, source, map, map, whole, measure);
  }

  /**
   * Counts an image of whose map there is a smaller one, before it was upsampled and smoothed.
   *
   * @param map its map, read from the source
   * @param onGrid the smaller one, of which the image's own scores are made but for the largest
   *     value
   * @param whole its ground truth, as above
   * @throws UnreadableFileException as above
   */
  public void add(
      ImageRef ref,
      MapSource source,
      AnomalyMap map,
      AnomalyMap onGrid,
      GroundTruth whole,
      MapMeasure measure)
      throws UnreadableFileException {
    float low = lowest(ref, map);
    Mask truth = measure.atEvaluationSize(whole.mask());
    ImageScores scores;
    double auprc = Double.NaN;
    if (ref.hasPixelTruth()) {
      ImageFeed feed = counts.image(TestImage.of(ref), truth, whole.defects());
      rows(ref, map, truth, measure, feed);
      scores = feed.end(onGrid);
      auprc = ref.isDefective() ? feed.ownAuprc() : Double.NaN;
      feed.release();
    } else {
      ScoreFeed feed =
          counts.unmasked(
              TestImage.of(ref), Inspection.absentMask(ref), truth.width(), truth.height());
      rows(ref, map, truth, measure, feed);
      scores = feed.end(onGrid);
    }
    images.add(
        new ScoredImage(
            ref,
            source,
            truth.pack(),
            whole.defects().stream().map(PackedDefect::of).toList(),
            measure.maskValues(),
            measure.white(),
            measure.imageSize(),
            scores,
            measure.imageScore(),
            auprc,
            low,
            map.max()));
  }

  /** The smallest score; one that is no number may lie where the size compared at has no pixel. */
  private static float lowest(ImageRef ref, AnomalyMap map) throws UnreadableFileException {
    float low = Float.POSITIVE_INFINITY;
    for (float value : map.values()) {
      if (!Float.isFinite(value)) {
        throw new UnreadableFileException(
            ref.uri(),
            Text.format(
                "Image %s cannot be counted: a score of its map is %s.",
                ref.relativePath(), value));
      }
      low = Math.min(low, value);
    }
    return low;
  }

  private static void rows(
      ImageRef ref, AnomalyMap map, Mask size, MapMeasure measure, RowConsumer consumer)
      throws UnreadableFileException {
    try {
      measure.rows(map, size.width(), size.height(), consumer);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(ref.uri(), e.getMessage() + ".");
    }
  }

  /** All parts of a pass as one, the images in catalogue order. */
  public static ScoredPart gather(JavaRDD<ScoredPart> parts) {
    return parts.fold(empty(), ScoredPart::merge).inOrder();
  }

  /** Puts the images in catalogue order; returns itself. */
  public ScoredPart inOrder() {
    images.sort(Comparator.comparing(image -> image.ref().relativePath()));
    return this;
  }

  /** Takes in another part of the same pass, whose images come after these; returns itself. */
  public ScoredPart merge(ScoredPart other) {
    counts.merge(other.counts);
    images.addAll(other.images);
    fallbacks.merge(other.fallbacks);
    rounding.merge(other.rounding);
    return this;
  }
}
