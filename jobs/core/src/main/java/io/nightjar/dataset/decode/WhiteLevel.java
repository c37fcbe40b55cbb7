package io.nightjar.dataset.decode;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How samples of other depths become 8 bits. Cameras of 10 and 12 bits write 16-bit files whose
 * samples stay below 1024 or 4096: the white level says which stored sample is white.
 *
 * @param sample the stored sample that becomes 255, in images of more than 8 bits; never more than
 *     the largest of their depth
 */
public record WhiteLevel(int sample) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The largest sample of each depth is white: 16 bits become {@code v / 257}. */
  public static final WhiteLevel FULL = new WhiteLevel(0xffff);

  private static final WhiteLevel OF_12_BITS = new WhiteLevel(0xfff);
  private static final WhiteLevel OF_10_BITS = new WhiteLevel(0x3ff);

  /** Refuses levels that leave fewer than 8 bits. */
  public WhiteLevel {
    if (sample < 255 || sample > 0xffff) {
      throw new IllegalArgumentException(
          Text.format("A white level is a sample from 255 to 65535, not %d", sample));
    }
  }

  /**
   * The level of images of more than 8 bits whose largest sample is this one: that of 10 or 12 bits
   * where none needs more, else {@link #FULL}.
   *
   * @param largest 0 where there are no such images
   */
  public static WhiteLevel fitting(int largest) {
    if (largest == 0 || largest > OF_12_BITS.sample) {
      return FULL;
    }
    return largest > OF_10_BITS.sample ? OF_12_BITS : OF_10_BITS;
  }

  /** The level of a sample; {@link #FULL} where there is none. */
  public static WhiteLevel of(OptionalInt sample) {
    return sample.isPresent() ? new WhiteLevel(sample.getAsInt()) : FULL;
  }

  /** The sample; empty where the largest of each depth is white. */
  public OptionalInt sampleUnlessFull() {
    return isFull() ? OptionalInt.empty() : OptionalInt.of(sample);
  }

  /** Whether the largest sample of each depth is white. */
  public boolean isFull() {
    return sample == FULL.sample;
  }

  /**
   * The sample on the scale from 0 to 255: more than 8 bits are rounded to the nearest, those above
   * the white level are white; fewer are widened as Pillow does, rounding down.
   *
   * @param bits 1 to 16
   */
  int toEightBit(int value, int bits) {
    int most = (1 << bits) - 1;
    if (bits <= 8) {
      return bits == 8 ? value : value * 255 / most;
    }
    int white = Math.min(sample, most);
    return value >= white ? 255 : (int) ((value * 510L + white) / (2L * white));
  }
}
