package io.nightjar.dataset.decode;

/** Turns a restored row of PNG samples into RGB; alpha is dropped. */
final class PngSamples {
  private final PngHeader header;
  private final byte[] palette;
  private final WhiteLevel white;

  /**
   * @param palette RGB triples; empty where the image has none
   * @param white of images of 16 bits
   */
  PngSamples(PngHeader header, byte[] palette, WhiteLevel white) {
    this.header = header;
    this.palette = palette;
    this.white = white;
  }

  /**
   * Writes a row's pixels.
   *
   * @param rows contains the row
   * @param row where it starts, with its filter byte
   * @param first index of the red of the first pixel
   * @param step from there to the red of the next one
   * @return false where a pixel has a colour index that the palette lacks
   */
  boolean toRgb(byte[] rows, int row, int columns, byte[] pixels, int first, int step) {
    int channels = header.channels();
    if (header.type() == PngHeader.RGB && header.depth() == 8 && step == 3) {
      System.arraycopy(rows, row + 1, pixels, first, 3 * columns);
      return true;
    }
    int green = channels < 3 ? 0 : 1;
    int blue = channels < 3 ? 0 : 2;
    int out = first;
    for (int x = 0; x < columns; x++, out += step) {
      int sample = x * channels;
      if (header.type() == PngHeader.PALETTE) {
        int entry = 3 * raw(rows, row, sample);
        if (entry + 2 >= palette.length) {
          return false;
        }
        System.arraycopy(palette, entry, pixels, out, 3);
      } else {
        pixels[out] = eightBit(rows, row, sample);
        pixels[out + 1] = eightBit(rows, row, sample + green);
        pixels[out + 2] = eightBit(rows, row, sample + blue);
      }
    }
    return true;
  }

  /** Writes a row's first samples as they are stored, {@code step} apart. */
  void toGrey(byte[] rows, int row, int columns, float[] values, int first, int step) {
    for (int x = 0; x < columns; x++) {
      values[first + x * step] = raw(rows, row, x * header.channels());
    }
  }

  /**
   * Writes a row's colours, without alpha, as they are stored.
   *
   * @return false where a pixel has a colour index that the palette lacks
   */
  boolean toStored(byte[] rows, int row, int columns, char[] values, int first, int step) {
    int channels = header.channels();
    int colours = channels < 3 ? 1 : 3;
    for (int x = 0; x < columns; x++) {
      for (int c = 0; c < colours; c++) {
        int sample = raw(rows, row, x * channels + c);
        if (header.type() == PngHeader.PALETTE && 3 * sample + 2 >= palette.length) {
          return false;
        }
        values[(first + x * step) * colours + c] = (char) sample;
      }
    }
    return true;
  }

  private byte eightBit(byte[] rows, int row, int sample) {
    return header.depth() == 8
        ? rows[row + 1 + sample]
        : (byte) white.toEightBit(raw(rows, row, sample), header.depth());
  }

  private int raw(byte[] rows, int row, int sample) {
    int depth = header.depth();
    if (depth == 8) {
      return rows[row + 1 + sample] & 0xff;
    }
    if (depth == 16) {
      int at = row + 1 + 2 * sample;
      return ((rows[at] & 0xff) << 8) | (rows[at + 1] & 0xff);
    }
    int bit = sample * depth;
    int fromRight = 8 - depth - bit % 8;
    return ((rows[row + 1 + bit / 8] & 0xff) >> fromRight) & ((1 << depth) - 1);
  }
}
