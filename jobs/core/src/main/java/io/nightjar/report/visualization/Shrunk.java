package io.nightjar.report.visualization;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;

/**
 * An image with its mask and its map at a size to draw.
 *
 * @param rgb the colours, 0xRRGGBB, row by row
 * @param mask whether a pixel is defective
 * @param heat where the score lies in the range, from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of pixels, never compared or used as a key
record Shrunk(int width, int height, int[] rgb, boolean[] mask, float[] heat) {

  /**
   * Shrinks an image; a smaller one stays as it is.
   *
   * @param map the upsampled anomaly map, of the image's size, row by row
   * @param longest what the longer side is at most
   * @throws IllegalArgumentException when the mask or the map is of another size than the image
   */
  static Shrunk of(RgbImage image, MaskView mask, float[] map, ScoreRange range, int longest) {
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
    // Whole blocks of pixels keep the drawing free of moire.
    int block = blocks(Math.max(image.width(), image.height()), longest);
    int width = blocks(image.width(), block);
    int height = blocks(image.height(), block);
    Shrunk shrunk =
        new Shrunk(
            width,
            height,
            new int[width * height],
            new boolean[width * height],
            new float[width * height]);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        shrunk.fill(image, mask, map, range, block, x, y);
      }
    }
    return shrunk;
  }

  /**
   * One pixel from the block of pixels under it: the mean of the colours, the largest score, and a
   * mask that holds where any pixel does, so that nothing small is lost.
   */
  private void fill(
      RgbImage source,
      MaskView sourceMask,
      float[] map,
      ScoreRange range,
      int block,
      int x,
      int y) {
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
    rgb[to] = (red / count) << 16 | (green / count) << 8 | (blue / count);
    heat[to] = range.position(score);
    mask[to] = defective;
  }

  private static int blocks(int pixels, int size) {
    return (pixels + size - 1) / size;
  }

  /** The outline of the mask. */
  Contour contour() {
    return new Contour(mask, width, height);
  }
}
