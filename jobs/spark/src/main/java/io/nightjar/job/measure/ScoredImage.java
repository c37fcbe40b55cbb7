package io.nightjar.job.measure;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.RowConsumer;
import io.nightjar.text.Text;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A test image that the first pass has counted, with all that later passes need: its map, or where
 * that is, and its mask at the size it is compared at.
 *
 * @param truth its mask; of a defective image without one, an empty mask of its size
 * @param imageScore the largest value of the upsampled map
 * @param pixelAuprc step-wise AUPRC over this image's pixels alone; NaN where there is no mask or
 *     it holds none or all of them. It ranks visualizations and is no figure of merit.
 * @param low the smallest value of the map
 * @param high the largest value of the map
 */
public record ScoredImage(
    ImageRef ref,
    MapSource map,
    PackedMask truth,
    float imageScore,
    double pixelAuprc,
    float low,
    float high)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Hands the rows of the map, at the size it is compared at, to the consumer once more. */
  void rows(MapMeasure measure, Configuration configuration, RowConsumer consumer) {
    AnomalyMap values;
    try {
      values = map.read(configuration);
    } catch (UnreadableFileException e) {
      throw new IllegalStateException(
          Text.format(
              "The anomaly map of %s/%s was readable and no longer is: %s",
              ref.category(), ref.relativePath(), e.reason()),
          e);
    }
    measure.rows(values, truth.width(), truth.height(), consumer);
  }
}
