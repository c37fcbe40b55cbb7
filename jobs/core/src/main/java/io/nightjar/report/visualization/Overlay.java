package io.nightjar.report.visualization;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A visualization of one image's result, three panels side by side: the image, the image with the
 * outline of its ground truth, and the anomaly map over both. High scores are red and opaque, low
 * ones blue and faint.
 */
public final class Overlay {
  /** The longer side of a panel at most; smaller images stay as they are. */
  public static final int MAX_PANEL = 512;

  private static final int GAP = 6;
  private static final int OPAQUE = 0xff000000;
  private static final int LINE = 0xffffffff;
  private static final int EDGE = 0xff000000;
  private static final double FAINTEST = 0.25;
  private static final double STRONGEST = 0.70;

  private final int block;
  private final int width;
  private final int height;
  private final int[] image;
  private final boolean[] mask;
  private final float[] heat;

  private Overlay(RgbImage image, MaskView mask, float[] map, ScoreRange range) {
    // Whole blocks of pixels keep the visualization free of moire.
    this.block = blocks(Math.max(image.width(), image.height()), MAX_PANEL);
    this.width = blocks(image.width(), block);
    this.height = blocks(image.height(), block);
    this.image = new int[width * height];
    this.mask = new boolean[width * height];
    this.heat = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        shrink(image, mask, map, range, x, y);
      }
    }
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
    if (mask.width() != image.width() || mask.height() != image.height()) {
      throw new IllegalArgumentException(
          Text.format(
              "The mask has %d x %d pixels, the image %d x %d",
              mask.width(), mask.height(), image.width(), image.height()));
    }
    if (map.length != (long) image.width() * image.height()) {
      throw new IllegalArgumentException(
          Text.format(
              "The map has %d values, the image %d x %d pixels",
              map.length, image.width(), image.height()));
    }
    return encode(new Overlay(image, mask, map, range).panels());
  }

  /**
   * One pixel of the panel from the block of pixels under it: the mean of the colours, the largest
   * score, and a mask that holds where any pixel does, so that nothing small is lost.
   */
  private void shrink(
      RgbImage source, MaskView sourceMask, float[] map, ScoreRange range, int x, int y) {
    int x0 = x * block;
    int y0 = y * block;
    int x1 = Math.min(x0 + block, source.width());
    int y1 = Math.min(y0 + block, source.height());
    int red = 0;
    int green = 0;
    int blue = 0;
    float score = Float.NEGATIVE_INFINITY;
    boolean defective = false;
    for (int sy = y0; sy < y1; sy++) {
      for (int sx = x0; sx < x1; sx++) {
        int at = sy * source.width() + sx;
        red += source.pixels()[3 * at] & 0xff;
        green += source.pixels()[3 * at + 1] & 0xff;
        blue += source.pixels()[3 * at + 2] & 0xff;
        score = Math.max(score, map[at]);
        defective |= sourceMask.pixels().get(sx, sy);
      }
    }
    int count = (x1 - x0) * (y1 - y0);
    int to = y * width + x;
    image[to] = (red / count) << 16 | (green / count) << 8 | (blue / count);
    heat[to] = range.position(score);
    mask[to] = defective;
  }

  private static int blocks(int pixels, int size) {
    return (pixels + size - 1) / size;
  }

  private BufferedImage panels() {
    BufferedImage drawing =
        new BufferedImage(3 * width + 2 * GAP, height, BufferedImage.TYPE_INT_ARGB);
    Contour contour = new Contour(mask, width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        Contour.Part outline = contour.at(x, y);
        drawing.setRGB(x, y, OPAQUE | image[at]);
        drawing.setRGB(x + width + GAP, y, outlined(image[at], outline));
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
    double opacity = FAINTEST + (STRONGEST - FAINTEST) * heat[at];
    return HeatColours.mix(image[at], HeatColours.rgb(heat[at]), opacity);
  }

  private static byte[] encode(BufferedImage drawing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(drawing, "png", out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a visualization in memory", e);
    }
    return bytes.toByteArray();
  }
}
