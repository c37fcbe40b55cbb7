package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The header of a PNG (chunk IHDR).
 *
 * @param size columns and rows
 * @param depth bits a sample
 * @param type 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 */
public record PngHeader(Dimensions size, int depth, int type, boolean interlaced) {
  /** The colour type of grey without alpha. */
  public static final int GREY = 0;

  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  static final int SIGNATURE_BYTES = 8;

  /** Two rows are in memory at once. */
  private static final int MOST_ROW_BYTES = 1 << 26;

  private static final int IHDR = 0x49484452;
  private static final int IHDR_BYTES = 13;

  /** Reads and checks the header at the start of a stream. */
  public static PngHeader read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    in.seek(SIGNATURE_BYTES);
    int length = in.readInt();
    int chunk = in.readInt();
    if (length != IHDR_BYTES || chunk != IHDR) {
      throw new UnreadableImageException("The PNG is damaged: it does not start with its header.");
    }
    int width = in.readInt();
    int height = in.readInt();
    int depth = in.readUnsignedByte();
    int type = in.readUnsignedByte();
    int compression = in.readUnsignedByte();
    int filtering = in.readUnsignedByte();
    int interlacing = in.readUnsignedByte();
    if (width < 1
        || height < 1
        || !isPossible(depth, type)
        || compression != 0
        || filtering != 0
        || interlacing > 1) {
      throw new UnreadableImageException(
          "The PNG is damaged: its header names a size or kind of pixel that does not exist.");
    }
    PngHeader header =
        new PngHeader(Dimensions.decodable(width, height), depth, type, interlacing == 1);
    if (header.rowBytes(width) > MOST_ROW_BYTES) {
      throw new UnreadableImageException(
          Text.format(
              "The PNG has rows of %d pixels, which is not read; save it in parts.", width));
    }
    return header;
  }

  private static boolean isPossible(int depth, int type) {
    boolean small = depth == 1 || depth == 2 || depth == 4;
    return switch (type) {
      case GREY -> small || depth == 8 || depth == 16;
      case PALETTE -> small || depth == 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  /** Columns in pixels. */
  public int width() {
    return size.width();
  }

  /** Rows in pixels. */
  public int height() {
    return size.height();
  }

  int channels() {
    return switch (type) {
      case GREY_ALPHA -> 2;
      case RGB -> 3;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of so many pixels, without its filter byte. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * channels() * depth + 7) / 8);
  }

  /** Bytes from a sample to the same sample of the pixel on its left, at least 1. */
  int pixelBytes() {
    return Math.max(1, channels() * depth / 8);
  }
}
