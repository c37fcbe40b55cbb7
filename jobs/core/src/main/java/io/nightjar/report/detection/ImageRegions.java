package io.nightjar.report.detection;

import java.io.Serializable;
import java.util.List;

/**
 * The regions of one image.
 *
 * @param category of the image
 * @param path of the image within its category
 * @param width of the image in pixels
 * @param height likewise
 * @param regions the one with the highest peak first; empty where nothing lies above the threshold
 */
public record ImageRegions(
    String category, String path, int width, int height, List<DetectedRegion> regions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Takes an unchangeable copy of the list. */
  public ImageRegions {
    regions = List.copyOf(regions);
  }
}
