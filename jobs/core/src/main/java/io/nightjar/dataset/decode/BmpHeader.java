package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/** The size of a BMP, from a header that is checked against the length of the file. */
final class BmpHeader {
  private static final int FILE_HEADER_BYTES = 14;
  private static final int OS2_HEADER_BYTES = 12;
  private static final int UNPACKED = 0;
  private static final int RUN_LENGTH_8 = 1;
  private static final int RUN_LENGTH_4 = 2;
  private static final int BIT_FIELDS = 3;

  private BmpHeader() {}

  static Dimensions read(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(10);
    long pixelStart = in.readUnsignedInt();
    long headerBytes = in.readUnsignedInt();
    boolean old = headerBytes == OS2_HEADER_BYTES;
    int width = old ? in.readUnsignedShort() : in.readInt();
    int signedHeight = old ? in.readUnsignedShort() : in.readInt();
    in.readUnsignedShort(); // colour planes, always 1
    int depth = in.readUnsignedShort();
    long packing = old ? UNPACKED : in.readUnsignedInt();
    int height = Math.abs(signedHeight); // negative where the rows run downwards
    if (width < 1
        || height < 1
        || depth < 1
        || depth > 32
        || pixelStart < FILE_HEADER_BYTES + headerBytes) {
      throw new UnreadableImageException(
          "The BMP is damaged: its header names a size or kind of pixel that does not exist.");
    }
    if (packing > BIT_FIELDS) {
      throw new UnreadableImageException(
          "It is a BMP that wraps another format, which cannot be read; save it as PNG.");
    }
    Dimensions size = Dimensions.decodable(width, height);
    boolean runLength = packing == RUN_LENGTH_8 || packing == RUN_LENGTH_4;
    long rowBytes = ((long) width * depth + 31) / 32 * 4;
    long needed = pixelStart + (runLength ? 1 : rowBytes * height);
    if (needed > in.length()) {
      throw new UnreadableImageException(
          Text.format("The BMP is truncated: it has %d bytes of %d.", in.length(), needed));
    }
    return size;
  }
}
