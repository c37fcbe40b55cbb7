package io.nightjar.dataset.decode;

/** Converts samples of other depths to 8 bits. */
final class SampleDepth {
  private SampleDepth() {}

  /**
   * The sample on the scale from 0 to 255: more than 8 bits are rounded to the nearest (16 bits: v
   * / 257), fewer are widened as Pillow does, rounding down.
   *
   * @param bits 1 to 16
   */
  static int toEightBit(int sample, int bits) {
    int most = (1 << bits) - 1;
    return bits < 8 ? sample * 255 / most : (int) ((sample * 510L + most) / (2L * most));
  }
}
