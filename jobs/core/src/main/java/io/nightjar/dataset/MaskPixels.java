package io.nightjar.dataset;

import io.nightjar.dataset.decode.StoredImage;

/**
 * The pixels of a mask's file, as masks are decided by: the colour that a pixel has, its brightness
 * and whether it is 0. A palette is looked up, unless all colours in use are black: then the index
 * itself is the value.
 */
final class MaskPixels {
  private final StoredImage image;
  private final boolean colours;
  private final boolean indices;

  MaskPixels(StoredImage image) {
    this.image = image;
    this.indices = image.isPalette() && isBlack(image);
    this.colours = !indices && (image.isPalette() || image.channels() == 3);
  }

  private static boolean isBlack(StoredImage image) {
    byte[] palette = image.palette();
    for (char index : image.samples()) {
      if ((palette[3 * index] | palette[3 * index + 1] | palette[3 * index + 2]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The number of pixels. */
  int count() {
    return image.width() * image.height();
  }

  /** The stored grey value or index of a pixel, or its colour as 0xRRGGBB of 8 bits; 0 is black. */
  int value(int pixel) {
    if (!colours) {
      return image.samples()[pixel];
    }
    return image.isPalette() ? paletteColour(image.samples()[pixel]) : colour(3 * pixel);
  }

  private int paletteColour(int index) {
    byte[] palette = image.palette();
    return (palette[3 * index] & 0xff) << 16
        | (palette[3 * index + 1] & 0xff) << 8
        | (palette[3 * index + 2] & 0xff);
  }

  /** A colour of more than 8 bits that rounds to black is no black one. */
  private int colour(int at) {
    char[] samples = image.samples();
    int rgb =
        image.toEightBit(samples[at]) << 16
            | image.toEightBit(samples[at + 1]) << 8
            | image.toEightBit(samples[at + 2]);
    return rgb == 0 && (samples[at] | samples[at + 1] | samples[at + 2]) != 0 ? 1 : rgb;
  }

  /** A value as it was drawn: of a grey colour its level, otherwise the value itself. */
  int level(int value) {
    return colours && !isColoured(value) ? value & 0xff : value;
  }

  /** A value on the scale from 0 to 255, by its luma where it is a colour. */
  int brightness(int value) {
    if (colours) {
      return luma(value >> 16, value >> 8 & 0xff, value & 0xff);
    }
    return indices ? 0 : image.toEightBit(value);
  }

  /** Whether a value is a colour other than grey. */
  boolean isColoured(int value) {
    return colours && (value >> 16 != (value >> 8 & 0xff) || value >> 16 != (value & 0xff));
  }

  /** The weights 0.299, 0.587 and 0.114 in 16-bit fixed point; equal channels keep their value. */
  private static int luma(int red, int green, int blue) {
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
  }

  /** The kind of file, such as {@code 16 bits, grey}. */
  String kind() {
    String kind = image.isPalette() ? "palette" : image.channels() == 3 ? "colour" : "grey";
    return image.bits() + (image.bits() == 1 ? " bit, " : " bits, ") + kind;
  }

  /** A value as a person would write it. */
  String name(int value) {
    if (!colours) {
      return Integer.toString(value);
    }
    return isColoured(value)
        ? "(" + (value >> 16) + ", " + (value >> 8 & 0xff) + ", " + (value & 0xff) + ")"
        : Integer.toString(value & 0xff);
  }
}
