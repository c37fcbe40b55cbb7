package io.nightjar.report.visualization;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;

/**
 * A visualization of one image's result, three panels side by side: the image, the image with the
 * outline of its ground truth, and the anomaly map over both. High scores are red and opaque, low
 * ones blue and faint.
 */
public final class Overlay {
  /** The longer side of a panel at most; smaller images stay as they are. */
  public static final int MAX_PANEL = 512;

  /** Between two panels, in pixels. */
  public static final int GAP = 6;

  private static final int OPAQUE = 0xff000000;
  static final int LINE = 0xffffffff;
  static final int EDGE = 0xff000000;

  /** How opaque the lowest and the highest score are. */
  static final double FAINTEST = 0.25;

  static final double STRONGEST = 0.70;

  private final Shrunk image;

  private Overlay(Shrunk image) {
    this.image = image;
  }

  /**
   * Draws the visualization.
   *
   * @param map the upsampled anomaly map, of the image's size, row by row
   * @param range the scores that the colours span
   * @return a PNG file
   * @throws IllegalArgumentException when the mask or the map is of another size than the image
   */
  public static byte[] png(RgbImage image, MaskView mask, float[] map, ScoreRange range) {
    return Encoded.png(new Overlay(Shrunk.of(image, mask, map, range, MAX_PANEL)).panels());
  }

  private BufferedImage panels() {
    int width = image.width();
    int height = image.height();
    BufferedImage drawing =
        new BufferedImage(3 * width + 2 * GAP, height, BufferedImage.TYPE_INT_ARGB);
    Contour contour = image.contour();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        Contour.Part outline = contour.at(x, y);
        drawing.setRGB(x, y, OPAQUE | image.rgb()[at]);
        drawing.setRGB(x + width + GAP, y, outlined(image.rgb()[at], outline));
        drawing.setRGB(x + 2 * (width + GAP), y, outlined(heated(at), outline));
      }
    }
    return drawing;
  }

  private static int outlined(int colour, Contour.Part outline) {
    return switch (outline) {
      case NONE -> OPAQUE | colour;
      case LINE -> LINE;
      case EDGE -> EDGE;
    };
  }

  private int heated(int at) {
    float heat = image.heat()[at];
    double opacity = FAINTEST + (STRONGEST - FAINTEST) * heat;
    return HeatColours.mix(image.rgb()[at], HeatColours.rgb(heat), opacity);
  }
}
