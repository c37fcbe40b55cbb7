package io.nightjar.report.html.visualization;

import io.nightjar.report.Numbers;
import io.nightjar.report.visualization.Layers;
import java.util.Base64;
import java.util.OptionalDouble;

/**
 * The layers of an image within the page, all of which fill its shape.
 *
 * @param width of the image
 * @param height likewise
 * @param image a data URI; empty where the image is in the linked file alone
 * @param outline of the ground truth, a data URI; empty where nothing is defective
 * @param map a data URI
 * @param low the score of the map's level 0
 * @param high the score of the map's level 255
 * @param level of the category's threshold of pixels; 0 where there is none
 */
public record View(
    int width,
    int height,
    String image,
    String outline,
    String map,
    String low,
    String high,
    int level) {
  private static final int LEVELS = 255;

  static View of(Layers layers, boolean withImage, OptionalDouble threshold) {
    return new View(
        layers.width(),
        layers.height(),
        withImage ? uri("image/jpeg", layers.image()) : "",
        layers.outline().length == 0 ? "" : uri("image/png", layers.outline()),
        uri("image/png", layers.map()),
        Float.toString(layers.range().low()),
        Float.toString(layers.range().high()),
        threshold.isPresent() ? level(layers, threshold.getAsDouble()) : 0);
  }

  /** The lowest level whose scores all reach the threshold. */
  private static int level(Layers layers, double threshold) {
    double span = layers.range().high() - layers.range().low();
    double position = span == 0 ? 0 : (threshold - layers.range().low()) / span;
    return (int) Math.ceil(LEVELS * Math.min(1, Math.max(0, position)));
  }

  /** The scores that the map spans, in words. */
  public String range() {
    return Numbers.fixed(Float.parseFloat(low), 3)
        + " to "
        + Numbers.fixed(Float.parseFloat(high), 3);
  }

  private static String uri(String type, byte[] file) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(file);
  }
}
