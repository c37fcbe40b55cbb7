package io.nightjar.report.detection;

import java.util.List;

/**
 * The regions of a category in numbers.
 *
 * @param threshold the score from which on a pixel belongs to a region
 * @param images with at least one region
 * @param regions of all images
 */
public record RegionSummary(double threshold, int images, int regions) {

  /**
   * The numbers of some images.
   *
   * @param threshold the score from which on a pixel belongs to a region
   * @param images with and without regions
   * @return their numbers
   */
  public static RegionSummary of(double threshold, List<ImageRegions> images) {
    return new RegionSummary(
        threshold,
        (int) images.stream().filter(image -> !image.regions().isEmpty()).count(),
        images.stream().mapToInt(image -> image.regions().size()).sum());
  }
}
