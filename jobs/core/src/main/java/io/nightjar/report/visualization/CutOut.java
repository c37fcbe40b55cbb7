package io.nightjar.report.visualization;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.score.PatchBox;
import java.awt.image.BufferedImage;

/** A part of an image with a box outlined, white within black, so that it shows on any ground. */
public final class CutOut {
  /** The longer side, in pixels; smaller parts are enlarged. */
  public static final int LONGEST = 176;

  private CutOut() {}

  /**
   * Draws it.
   *
   * @param image at its own size
   * @param shown the part, which lies within the image
   * @param marked the box, which lies within the part
   * @return a JPEG file
   */
  public static byte[] jpeg(RgbImage image, PatchBox shown, PatchBox marked) {
    int longest = Math.max(shown.width(), shown.height());
    int width = Math.max(1, Math.round((float) shown.width() * LONGEST / longest));
    int height = Math.max(1, Math.round((float) shown.height() * LONGEST / longest));
    BufferedImage drawing = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int top = shown.top() + y * shown.height() / height;
      int bottom = Math.max(top + 1, shown.top() + (y + 1) * shown.height() / height);
      for (int x = 0; x < width; x++) {
        int left = shown.left() + x * shown.width() / width;
        int right = Math.max(left + 1, shown.left() + (x + 1) * shown.width() / width);
        drawing.setRGB(x, y, mean(image, left, right, top, bottom));
      }
    }
    int left = (marked.left() - shown.left()) * width / shown.width();
    int top = (marked.top() - shown.top()) * height / shown.height();
    int right = (marked.left() + marked.width() - shown.left()) * width / shown.width() - 1;
    int bottom = (marked.top() + marked.height() - shown.top()) * height / shown.height() - 1;
    outline(drawing, left - 1, top - 1, right + 1, bottom + 1, Overlay.EDGE);
    outline(drawing, left, top, right, bottom, Overlay.LINE);
    return Encoded.jpeg(drawing);
  }

  private static int mean(RgbImage image, int left, int right, int top, int bottom) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int at = 3 * (y * image.width() + x);
        red += image.pixels()[at] & 0xff;
        green += image.pixels()[at + 1] & 0xff;
        blue += image.pixels()[at + 2] & 0xff;
      }
    }
    int count = (right - left) * (bottom - top);
    return (red / count) << 16 | (green / count) << 8 | (blue / count);
  }

  private static void outline(
      BufferedImage drawing, int left, int top, int right, int bottom, int colour) {
    for (int x = left; x <= right; x++) {
      set(drawing, x, top, colour);
      set(drawing, x, bottom, colour);
    }
    for (int y = top; y <= bottom; y++) {
      set(drawing, left, y, colour);
      set(drawing, right, y, colour);
    }
  }

  private static void set(BufferedImage drawing, int x, int y, int colour) {
    if (x >= 0 && x < drawing.getWidth() && y >= 0 && y < drawing.getHeight()) {
      drawing.setRGB(x, y, colour);
    }
  }
}
