package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.dataset.tiff.TiffFile;
import io.nightjar.dataset.tiff.TiffSamples;
import java.io.IOException;
import java.util.Arrays;

/**
 * Turns the samples of a TIFF into RGB, in an array of so many of its rows: all of them, or those
 * that are handed over together.
 */
final class TiffColours implements TiffSamples.WholeSink {
  private static final byte[] NO_PALETTE = {};

  private final int width;
  private final int rows;
  private final int colours;
  private final byte[] palette;
  private final byte[] eightBit;
  private final boolean premultiplied;
  private final byte[] pixels;

  /**
   * @param colours channels that are no alpha: 1 or 3
   * @param white of samples of more than 8 bits
   * @param rows that are held; a row takes the place of the one so many rows above it
   */
  TiffColours(TiffFile file, int colours, WhiteLevel white, int rows) throws IOException {
    this.width = file.width();
    this.rows = rows;
    this.colours = colours;
    this.palette = file.photometric() == TiffFile.PALETTE ? file.palette() : NO_PALETTE;
    this.eightBit = eightBit(file, white);
    this.premultiplied = file.isPremultiplied() && file.channels() > colours;
    this.pixels = new byte[Math.multiplyExact(3 * width, rows)];
  }

  @Override
  public void accept(int channel, int x, int y, int columns, int[] row, int first, int step)
      throws IOException {
    int to = 3 * (y % rows * width + x);
    for (int i = 0; i < columns && channel < colours; i++, to += 3) {
      int sample = row[first + i * step];
      if (palette.length > 0) {
        System.arraycopy(palette, 3 * checked(sample, palette), pixels, to, 3);
        continue;
      }
      int alpha = premultiplied ? row[colours + i * step] : 0;
      byte value = eightBit[alpha == 0 ? sample : divided(sample, alpha, eightBit.length - 1)];
      if (colours == 1) {
        Arrays.fill(pixels, to, to + 3, value);
      } else {
        pixels[to + channel] = value;
      }
    }
  }

  /** The rows that are held, from the top. */
  byte[] pixels() {
    return pixels;
  }

  /** Copies a row that is held. */
  void copyRow(int y, byte[] into) {
    System.arraycopy(pixels, y % rows * 3 * width, into, 0, 3 * width);
  }

  /** The 8 bits of each sample. */
  private static byte[] eightBit(TiffFile file, WhiteLevel white) throws IOException {
    boolean inverted = file.photometric() == TiffFile.WHITE_IS_ZERO;
    byte[] values = new byte[1 << file.bits()];
    for (int i = 0; i < values.length; i++) {
      int sample = inverted ? values.length - 1 - i : i;
      values[i] = (byte) white.toEightBit(sample, file.bits());
    }
    return values;
  }

  /** In float32, rounded to the nearest, as the JDK's colour models divide by alpha. */
  private static int divided(int sample, int alpha, int most) {
    float inverse = 1 / (alpha * (1f / most));
    return Math.min(most, (int) (sample * inverse + 0.5f));
  }

  /** The index of a colour, which the palette must have. */
  static int checked(int index, byte[] palette) throws UnreadableImageException {
    if (3 * index + 2 >= palette.length) {
      throw new UnreadableImageException(
          "The TIFF is damaged: a pixel has a colour index that its palette lacks.");
    }
    return index;
  }
}
