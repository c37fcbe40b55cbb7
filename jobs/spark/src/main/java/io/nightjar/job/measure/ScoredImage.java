package io.nightjar.job.measure;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.PackedDefect;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.score.RowConsumer;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A test image that the first pass has counted, with all that later passes need: its map, or where
 * that is, and its mask at the size it is compared at.
 *
 * @param truth its mask; of a defective image without one, an empty mask of its size
 * @param defects the defects of the mask, where their saturation areas are known
 * @param maskValues which values of its mask's file mark a defect
 * @param white the sample that is white, where the image has more than 8 bits
 * @param input the size that the network saw it at; smoothing is in pixels of it
 * @param scores its own scores, of every kind
 * @param chosen the kind that counts
 * @param pixelAuprc step-wise AUPRC over this image's pixels alone; NaN where there is no mask or
 *     it holds none or all of them. It ranks visualizations and is no figure of merit.
 * @param low the smallest value of the map
 * @param high the largest value of the map
 */
public record ScoredImage(
    ImageRef ref,
    MapSource map,
    PackedMask truth,
    List<PackedDefect> defects,
    MaskValues maskValues,
    WhiteLevel white,
    Size input,
    ImageScores scores,
    ImageScoreKind chosen,
    double pixelAuprc,
    float low,
    float high)
    implements Serializable {
  private static final long serialVersionUID = 4L;

  /** Copies the defects. */
  public ScoredImage {
    defects = List.copyOf(defects);
  }

  /** Its own score, of the kind that counts. */
  public float imageScore() {
    return scores.of(chosen);
  }

  /**
   * Hands the rows of the map, at the size it is compared at, to the consumer once more.
   *
   * @throws UnreadableFileException if the map is no longer what it was; no row was handed over
   */
  public void rows(MapMeasure measure, Configuration configuration, RowConsumer consumer)
      throws UnreadableFileException {
    measure
        .withImageSize(input)
        .rows(map.read(configuration), truth.width(), truth.height(), consumer);
  }

  /** The whole map at a size. */
  public AnomalyMap full(MapMeasure measure, Configuration configuration, int width, int height)
      throws UnreadableFileException {
    return measure.withImageSize(input).full(map.read(configuration), width, height);
  }

  /** That the image is to be left out since its map is no longer what it was. */
  FileOutcome changed(UnreadableFileException reason) {
    return new FileOutcome(ref.relativePath(), "", reason.reason());
  }
}
