package io.nightjar.metric.result;

import java.util.Optional;

/**
 * Metrics of a part of a category's test images: those of one type of defect together with all good
 * ones, or those of one group.
 *
 * @param images the number of its images; of a type of defect without the good ones
 * @param defective the number of defective images among them
 * @param pixels the number of pixels counted, of good images as well
 * @param pixelAuprc as {@link PixelMetrics#auprc}
 * @param pixelAuroc as {@link PixelMetrics#auroc}
 * @param aupro30 area under the per-region overlap curve up to FPR 0.3, divided by 0.3
 * @param saturated the saturated overlap; empty where no saturation areas are known
 * @param imageAuroc of the images' scores
 * @param imageAveragePrecision of the images' scores
 */
public record SubsetMetrics(
    int images,
    int defective,
    long pixels,
    Estimate pixelAuprc,
    Estimate pixelAuroc,
    Estimate aupro30,
    Optional<SaturatedOverlap> saturated,
    Estimate imageAuroc,
    Estimate imageAveragePrecision) {

  /**
   * The same with other metrics of its pixels.
   *
   * @param exact the metrics whose pixel AUPRC and AUROC are taken
   * @return these metrics with those of the pixels replaced
   */
  public SubsetMetrics with(PixelMetrics exact) {
    return new SubsetMetrics(
        images,
        defective,
        pixels,
        exact.auprc(),
        exact.auroc(),
        aupro30,
        saturated,
        imageAuroc,
        imageAveragePrecision);
  }
}
