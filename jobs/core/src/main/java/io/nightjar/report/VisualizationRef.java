package io.nightjar.report;

/**
 * A visualization of an image.
 *
 * @param category the category it belongs to
 * @param caption what it shows, in a few words
 * @param relativePath where it lies, relative to the report, such as {@code
 *     pictures/bottle/worst-1.png}
 * @param imageScore the image's anomaly score
 */
public record VisualizationRef(
    String category, String caption, String relativePath, double imageScore) {}
