package io.nightjar.report.visualization;

import java.awt.image.BufferedImage;

/** Marked pixels, or an anomaly map at a threshold, as a grey image of 8 bits of 255 and 0. */
public final class BinaryImage {
  private final BufferedImage image;
  private final float threshold;

  /**
   * An image of marked pixels that is black as yet.
   *
   * @param width in pixels
   * @param height in pixels
   */
  public BinaryImage(int width, int height) {
    this(width, height, Float.NaN);
  }

  /**
   * An image that is black as yet.
   *
   * @param width in pixels
   * @param height in pixels
   * @param threshold the lowest score that is white
   */
  public BinaryImage(int width, int height, float threshold) {
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    this.threshold = threshold;
  }

  /** Draws row y, counted from 0 at the top. */
  public void row(int y, float[] scores) {
    for (int x = 0; x < image.getWidth(); x++) {
      image.getRaster().setSample(x, y, 0, scores[x] >= threshold ? 255 : 0);
    }
  }

  /** Draws row y of the marked pixels. */
  public void row(int y, boolean[] marks) {
    for (int x = 0; x < image.getWidth(); x++) {
      image.getRaster().setSample(x, y, 0, marks[x] ? 255 : 0);
    }
  }

  /** The image as a PNG file. */
  public byte[] png() {
    return Encoded.png(image);
  }
}
