package io.nightjar.report.visualization;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.Serializable;

/**
 * An image, its ground truth and its anomaly map as files that lie over one another, small enough
 * to be within a page: all three fill the image's shape, whatever their own number of pixels is.
 *
 * @param width of the image as the file {@code image} has it
 * @param height likewise
 * @param image a JPEG
 * @param outline of the ground truth, a PNG that is transparent elsewhere; empty where nothing is
 *     defective
 * @param map an 8-bit grey PNG: 0 is the lowest score of the range or less, 255 the highest or more
 * @param range the scores that the map spans
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of files, never compared or used as a key
public record Layers(
    int width, int height, byte[] image, byte[] outline, byte[] map, ScoreRange range)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The longer side of the image at most; smaller images stay as they are. */
  public static final int LONGEST_IMAGE = 320;

  /** The longer side of the map at most: maps are smooth. */
  public static final int LONGEST_MAP = 112;

  /**
   * Draws the layers.
   *
   * @param map the upsampled anomaly map, of the image's size, row by row
   * @throws IllegalArgumentException when the mask or the map is of another size than the image
   */
  public static Layers of(RgbImage image, MaskView mask, float[] map, ScoreRange range) {
    Shrunk shown = Shrunk.of(image, mask, map, range, LONGEST_IMAGE);
    Shrunk coarse = Shrunk.of(image, mask, map, range, LONGEST_MAP);
    return new Layers(
        shown.width(), shown.height(), jpeg(shown), outline(shown), grey(coarse), range);
  }

  private static byte[] jpeg(Shrunk image) {
    BufferedImage drawing =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    drawing.setRGB(0, 0, image.width(), image.height(), image.rgb(), 0, image.width());
    return Encoded.jpeg(drawing);
  }

  private static byte[] outline(Shrunk image) {
    IndexColorModel colours =
        new IndexColorModel(2, 3, new int[] {0, Overlay.LINE, Overlay.EDGE}, 0, true, 0, 0);
    BufferedImage drawing =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    Contour contour = image.contour();
    boolean any = false;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        Contour.Part part = contour.at(x, y);
        drawing.getRaster().setSample(x, y, 0, colour(part));
        any |= part != Contour.Part.NONE;
      }
    }
    return any ? Encoded.png(drawing) : new byte[0];
  }

  private static int colour(Contour.Part part) {
    return switch (part) {
      case NONE -> 0;
      case LINE -> 1;
      case EDGE -> 2;
    };
  }

  /** Rounded down, so that a level is reached by no lower score. */
  private static byte[] grey(Shrunk image) {
    BufferedImage drawing =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int level = (int) (255 * image.heat()[y * image.width() + x]);
        drawing.getRaster().setSample(x, y, 0, level);
      }
    }
    return Encoded.png(drawing);
  }
}
