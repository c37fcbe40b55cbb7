package io.nightjar.job.measure;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.MapResize;
import io.nightjar.score.RowConsumer;
import java.io.Serializable;

/**
 * Brings maps and masks to the size they are compared at.
 *
 * @param resolution side of the square to compare at; 0 for the mask's own size
 * @param smoothing Gaussian sigma in pixels of the network's input; 0 for none
 * @param imageSize of the network's input, in pixels
 * @param imageScore the kind of the images' own scores that counts
 * @param maskValues which values of masks mark a defect
 * @param white the sample that is white in images of more than 8 bits, for visualizations
 * @param saturation the saturation areas that the data set states, at the masks' own size
 */
public record MapMeasure(
    int resolution,
    double smoothing,
    Size imageSize,
    ImageScoreKind imageScore,
    MaskValues maskValues,
    WhiteLevel white,
    SaturationAreas saturation)
    implements Serializable {
  private static final long serialVersionUID = 3L;

  /** The measure that options describe, for a network whose input has a size. */
  public static MapMeasure of(MapOptions map, MeasureOptions options, Size imageSize) {
    return new MapMeasure(
        options.resolution().orElse(0),
        map.smoothing(),
        imageSize,
        map.imageScore(),
        options.maskValues(),
        WhiteLevel.FULL,
        SaturationAreas.NONE);
  }

  /** This measure with the masks of a category read by the rule that was chosen for them. */
  public MapMeasure withMaskValues(MaskValues rule) {
    return new MapMeasure(resolution, smoothing, imageSize, imageScore, rule, white, saturation);
  }

  /** This measure of images that were read with another white level. */
  public MapMeasure withWhiteLevel(WhiteLevel level) {
    return new MapMeasure(
        resolution, smoothing, imageSize, imageScore, maskValues, level, saturation);
  }

  /** This measure of maps of images of another size. */
  public MapMeasure withImageSize(Size size) {
    return new MapMeasure(resolution, smoothing, size, imageScore, maskValues, white, saturation);
  }

  /** This measure of a category whose data set states these saturation areas. */
  public MapMeasure withSaturation(SaturationAreas areas) {
    return new MapMeasure(resolution, smoothing, imageSize, imageScore, maskValues, white, areas);
  }

  /**
   * The saturation areas that defects are counted by: none where masks are resized, since areas
   * count the pixels of masks as they are.
   */
  public SaturationAreas countedSaturation() {
    return isAtOriginalSize() ? saturation : SaturationAreas.NONE;
  }

  /** Whether maps are compared at each mask's own size. */
  public boolean isAtOriginalSize() {
    return resolution == 0;
  }

  Mask atEvaluationSize(Mask mask) {
    return isAtOriginalSize() ? mask : mask.resizeNearest(resolution, resolution);
  }

  /** Hands the rows of the upsampled, smoothed map to the consumer. */
  void rows(AnomalyMap map, int width, int height, RowConsumer consumer) {
    resize().rows(map, width, height, consumer);
  }

  /** The whole upsampled, smoothed map, for visualizations. */
  public AnomalyMap full(AnomalyMap map, int width, int height) {
    return resize().full(map, width, height);
  }

  private MapResize resize() {
    return new MapResize(smoothing, imageSize.height(), imageSize.width());
  }
}
