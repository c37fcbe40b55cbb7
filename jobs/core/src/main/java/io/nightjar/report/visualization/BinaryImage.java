package io.nightjar.report.visualization;

import java.awt.image.BufferedImage;

/** An anomaly map at a threshold, as a grey image of 8 bits: 255 at or above it, 0 below. */
public final class BinaryImage {
  private final BufferedImage image;
  private final float threshold;

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

  /** The image as a PNG file. */
  public byte[] png() {
    return Encoded.png(image);
  }
}
