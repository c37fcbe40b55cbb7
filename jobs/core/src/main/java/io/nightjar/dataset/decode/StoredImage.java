package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbImage;

/**
 * An image's samples as its file stores them, which masks and the choice of a white level need.
 *
 * @param width columns in pixels
 * @param height rows in pixels
 * @param bits of a sample, 1 to 16
 * @param samples row by row: one a pixel of grey images and palettes, three of RGB; no alpha
 * @param palette RGB triples of 8 bits; empty where the samples are no colour indices
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of samples, never compared
public record StoredImage(int width, int height, int bits, char[] samples, byte[] palette) {
  private static final byte[] NO_PALETTE = {};

  /** Of a format that is decoded to RGB alone. */
  static StoredImage of(RgbImage image) {
    byte[] pixels = image.pixels();
    char[] samples = new char[pixels.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (char) (pixels[i] & 0xff);
    }
    return new StoredImage(image.width(), image.height(), 8, samples, NO_PALETTE);
  }

  /** Samples of a pixel: 1 or 3. */
  public int channels() {
    return samples.length / (width * height);
  }

  /** The largest sample. */
  int largest() {
    int largest = 0;
    for (char sample : samples) {
      largest = Math.max(largest, sample);
    }
    return largest;
  }

  /** Whether the samples are colour indices. */
  public boolean isPalette() {
    return palette.length > 0;
  }

  /**
   * A sample of a grey or RGB image on the scale from 0 to 255, its depth's largest being 255.
   *
   * @param sample as it is stored
   */
  public int toEightBit(int sample) {
    return WhiteLevel.FULL.toEightBit(sample, bits);
  }
}
