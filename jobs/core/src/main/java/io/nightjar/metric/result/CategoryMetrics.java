package io.nightjar.metric.result;

import io.nightjar.metric.BootstrapIntervals;
import io.nightjar.metric.exact.ExactMetrics;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All metrics of one category. A metric that does not exist is undefined with a reason, or empty.
 *
 * @param pixel metrics pooled over the pixels of all test images
 * @param aupro30 area under the per-region overlap curve up to FPR 0.3, divided by 0.3
 * @param aupro05 the same up to FPR 0.05
 * @param aupimo mean of {@code aupimoByImage} over the defective images that have one
 * @param pixelBestF1 the largest F1 of the pixels at any threshold
 * @param fprAt95Tpr the FPR at the highest threshold where at least 95 % of the positive pixels are
 *     found
 * @param pixelAuprcCi95 bootstrap interval over test images, {@link BootstrapIntervals}; empty
 *     where none was computed
 * @param imageAuroc area under the ROC curve of the image scores
 * @param imageAveragePrecision step-wise average precision of the image scores
 * @param imageBestF1 the largest F1 of the images at any threshold
 * @param imageAurocCi95 the same for the images' scores
 * @param byDefect by type of defect, sorted by name
 * @param aupimoByImage by path of each defective image, sorted; undefined for an image without one
 * @param curves points of the pixels' curves
 * @param saturated the saturated overlap; empty where the data set states no saturation areas
 * @param byGroup by group of images, sorted by name; empty where the data set knows none
 * @param items of items; empty where the data set does not say what images show one item
 * @param byImageScore by each kind of image score that is known of all images, whichever was chosen
 *     for the others
 * @param exact whether the pixel metrics come from the scores themselves instead of bins; false
 *     where float64 scores fell together as float32
 */
public record CategoryMetrics(
    PixelMetrics pixel,
    Estimate aupro30,
    Estimate aupro05,
    Estimate aupimo,
    BestF1 pixelBestF1,
    Estimate fprAt95Tpr,
    Optional<Interval> pixelAuprcCi95,
    Estimate imageAuroc,
    Estimate imageAveragePrecision,
    BestF1 imageBestF1,
    Optional<Interval> imageAurocCi95,
    Map<String, SubsetMetrics> byDefect,
    Map<String, Estimate> aupimoByImage,
    Curves curves,
    Optional<SaturatedOverlap> saturated,
    Map<String, SubsetMetrics> byGroup,
    Optional<ItemMetrics> items,
    Map<ImageScoreKind, ImageScoreMetrics> byImageScore,
    boolean exact) {

  /**
   * Keeps sorted copies of the maps.
   *
   * @param pixel metrics pooled over the pixels of all test images
   * @param aupro30 area under the per-region overlap curve up to FPR 0.3, divided by 0.3
   * @param aupro05 the same up to FPR 0.05
   * @param aupimo mean of {@code aupimoByImage} over the defective images that have one
   * @param pixelBestF1 the largest F1 of the pixels at any threshold
   * @param fprAt95Tpr the FPR at the highest threshold where at least 95 % of the positive pixels
   *     are found
   * @param pixelAuprcCi95 bootstrap interval over test images, {@link BootstrapIntervals}; empty
   *     where none was computed
   * @param imageAuroc area under the ROC curve of the image scores
   * @param imageAveragePrecision step-wise average precision of the image scores
   * @param imageBestF1 the largest F1 of the images at any threshold
   * @param imageAurocCi95 the same for the images' scores
   * @param byDefect by type of defect, sorted by name
   * @param aupimoByImage by path of each defective image, sorted; undefined for an image without
   *     one
   * @param curves points of the pixels' curves
   * @param saturated the saturated overlap; empty where the data set states no saturation areas
   * @param byGroup by group of images, sorted by name; empty where the data set knows none
   * @param items of items; empty where the data set does not say what images show one item
   * @param byImageScore by each kind of image score that is known of all images, whichever was
   *     chosen for the others
   * @param exact whether the pixel metrics come from the scores themselves instead of bins; false
   *     where float64 scores fell together as float32
   */
  public CategoryMetrics {
    byDefect = sorted(byDefect);
    aupimoByImage = sorted(aupimoByImage);
    byGroup = sorted(byGroup);
    Map<ImageScoreKind, ImageScoreMetrics> byScore = new EnumMap<>(ImageScoreKind.class);
    byScore.putAll(byImageScore);
    byImageScore = Collections.unmodifiableMap(byScore);
  }

  /**
   * Metrics of a category without saturation areas, groups, items and kinds of image scores.
   *
   * @param pixel metrics pooled over the pixels of all test images
   * @param aupro30 area under the per-region overlap curve up to FPR 0.3, divided by 0.3
   * @param aupro05 the same up to FPR 0.05
   * @param aupimo mean of {@code aupimoByImage} over the defective images that have one
   * @param pixelBestF1 the largest F1 of the pixels at any threshold
   * @param fprAt95Tpr the FPR at the highest threshold where at least 95 % of the positive pixels
   *     are found
   * @param pixelAuprcCi95 bootstrap interval over test images, {@link BootstrapIntervals}; empty
   *     where none was computed
   * @param imageAuroc area under the ROC curve of the image scores
   * @param imageAveragePrecision step-wise average precision of the image scores
   * @param imageBestF1 the largest F1 of the images at any threshold
   * @param imageAurocCi95 the same for the images' scores
   * @param byDefect by type of defect, sorted by name
   * @param aupimoByImage by path of each defective image, sorted; undefined for an image without
   *     one
   * @param curves points of the pixels' curves
   * @param exact whether the pixel metrics come from the scores themselves instead of bins; false
   *     where float64 scores fell together as float32
   */
  public CategoryMetrics(
      PixelMetrics pixel,
      Estimate aupro30,
      Estimate aupro05,
      Estimate aupimo,
      BestF1 pixelBestF1,
      Estimate fprAt95Tpr,
      Optional<Interval> pixelAuprcCi95,
      Estimate imageAuroc,
      Estimate imageAveragePrecision,
      BestF1 imageBestF1,
      Optional<Interval> imageAurocCi95,
      Map<String, SubsetMetrics> byDefect,
      Map<String, Estimate> aupimoByImage,
      Curves curves,
      boolean exact) {
    this(
        pixel,
        aupro30,
        aupro05,
        aupimo,
        pixelBestF1,
        fprAt95Tpr,
        pixelAuprcCi95,
        imageAuroc,
        imageAveragePrecision,
        imageBestF1,
        imageAurocCi95,
        byDefect,
        aupimoByImage,
        curves,
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Map.of(),
        exact);
  }

  /**
   * These metrics with the pooled pixel metrics of exact mode, {@link ExactMetrics}. Where the
   * pixels of a type of defect or of a group are all that were pooled, its metrics are these, too.
   *
   * @param exactPixel of the same numbers of pixels and of defective ones
   * @return these metrics, exact
   * @throws IllegalArgumentException if the numbers of pixels differ
   */
  public CategoryMetrics withExact(PixelMetrics exactPixel) {
    if (exactPixel.pixels() != pixel.pixels() || exactPixel.positives() != pixel.positives()) {
      throw new IllegalArgumentException(
          Text.format(
              "Exact metrics of %d pixels, %d positive, do not go with counts of %d, %d positive",
              exactPixel.pixels(), exactPixel.positives(), pixel.pixels(), pixel.positives()));
    }
    return with(
        exactPixel,
        withExact(byDefect, exactPixel),
        saturated,
        withExact(byGroup, exactPixel),
        true);
  }

  /**
   * These metrics of scores that had lost their order before they were counted.
   *
   * @return the same figures, not exact
   */
  public CategoryMetrics withoutExact() {
    return with(pixel, byDefect, saturated, byGroup, false);
  }

  /**
   * These metrics with another saturated overlap.
   *
   * @param overlap of the category's defects
   * @return the other metrics unchanged
   */
  public CategoryMetrics withSaturated(SaturatedOverlap overlap) {
    return with(pixel, byDefect, Optional.of(overlap), byGroup, exact);
  }

  private CategoryMetrics with(
      PixelMetrics pixels,
      Map<String, SubsetMetrics> defects,
      Optional<SaturatedOverlap> overlap,
      Map<String, SubsetMetrics> groups,
      boolean fromScores) {
    return new CategoryMetrics(
        pixels,
        aupro30,
        aupro05,
        aupimo,
        pixelBestF1,
        fprAt95Tpr,
        pixelAuprcCi95,
        imageAuroc,
        imageAveragePrecision,
        imageBestF1,
        imageAurocCi95,
        defects,
        aupimoByImage,
        curves,
        overlap,
        groups,
        items,
        byImageScore,
        fromScores);
  }

  private static Map<String, SubsetMetrics> withExact(
      Map<String, SubsetMetrics> subsets, PixelMetrics exactPixel) {
    Map<String, SubsetMetrics> replaced = new TreeMap<>(subsets);
    replaced.replaceAll(
        (name, metrics) ->
            metrics.pixels() == exactPixel.pixels() ? metrics.with(exactPixel) : metrics);
    return replaced;
  }

  private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
