package io.nightjar.report;

import io.nightjar.report.visualization.Layers;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A visualization of an image.
 *
 * @param category the category it belongs to
 * @param caption what it shows, in a few words
 * @param relativePath where it lies, relative to the report, such as {@code
 *     pictures/bottle/worst-1.png}
 * @param imageScore the image's anomaly score
 * @param image the image's path within the category; empty where it is not known
 * @param kind why it is shown
 * @param ownAuprc AUPRC over this image's pixels alone, where it has one
 * @param layers to look at within a page, where there are any
 */
public record VisualizationRef(
    String category,
    String caption,
    String relativePath,
    double imageScore,
    String image,
    Kind kind,
    OptionalDouble ownAuprc,
    Optional<Layers> layers) {

  /** Why an image is shown. */
  public enum Kind {
    /** A defective image, found worst. */
    WORST,
    /** A defective image, found best. */
    BEST,
    /** A good image with a high score. */
    NORMAL,
    /** An unlabelled image with a high score. */
    HIGHEST
  }

  /**
   * A visualization of which no more is known than its file, as {@link Kind#HIGHEST}.
   *
   * @param category the category it belongs to
   * @param caption what it shows, in a few words
   * @param relativePath where it lies, relative to the report, such as {@code
   *     pictures/bottle/worst-1.png}
   * @param imageScore the image's anomaly score
   */
  public VisualizationRef(String category, String caption, String relativePath, double imageScore) {
    this(
        category,
        caption,
        relativePath,
        imageScore,
        "",
        Kind.HIGHEST,
        OptionalDouble.empty(),
        Optional.empty());
  }

  /**
   * The same with its layers.
   *
   * @param drawn the layers; empty for none
   * @return a new reference to the same file
   */
  public VisualizationRef with(Optional<Layers> drawn) {
    return new VisualizationRef(
        category, caption, relativePath, imageScore, image, kind, ownAuprc, drawn);
  }
}
