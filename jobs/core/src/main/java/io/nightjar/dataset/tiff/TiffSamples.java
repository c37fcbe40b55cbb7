package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.io.Half;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The stored samples of a TIFF, row by row: the values that libtiff gives. */
public final class TiffSamples {
  private static final int MOST_BITS = 16;

  private TiffSamples() {}

  /** Takes rows of whole numbers. */
  @FunctionalInterface
  public interface WholeSink {
    /**
     * Takes a row of one channel.
     *
     * @param channel counted from 0
     * @param x column of the first pixel
     * @param y row of the image
     * @param row contains the samples, the first at {@code first}, then one every {@code step};
     *     overwritten by the next row
     */
    void accept(int channel, int x, int y, int columns, int[] row, int first, int step)
        throws IOException;

    /**
     * All rows of the image before one have been handed over, of every channel.
     *
     * @param end the row
     */
    default void complete(int end) throws IOException {}
  }

  /**
   * Hands over the samples of 1 to 16 bits of every channel, from the top: of strips row by row, of
   * tiles those that lie side by side before those below.
   *
   * @param encoded the whole file
   * @throws UnreadableImageException where it holds other samples, or is damaged
   */
  public static void readWhole(byte[] encoded, TiffFile file, WholeSink sink) throws IOException {
    if (file.format() != SampleFormat.UNSIGNED || file.bits() > MOST_BITS) {
      throw new UnreadableImageException(
          Text.format(
              "It holds %s samples of %d bits; save it with 8 or 16 bits, unsigned.",
              file.format().word(), file.bits()));
    }
    int step = file.isSeparate() ? 1 : file.channels();
    int bits = file.bits();
    int[] samples = new int[Math.multiplyExact(step, file.width())];
    new SegmentRows(encoded, file)
        .read(
            new SegmentRows.Sink() {
              @Override
              public void accept(byte[] row, ByteOrder order, int band, int x, int y, int columns)
                  throws IOException {
                unpack(row, order, bits, samples, step * columns);
                for (int channel = 0; channel < step; channel++) {
                  sink.accept(band + channel, x, y, columns, samples, channel, step);
                }
              }

              @Override
              public void complete(int end) throws IOException {
                sink.complete(end);
              }
            });
  }

  /** Takes floating-point numbers. */
  @FunctionalInterface
  public interface NumberSink {
    /**
     * Takes a number.
     *
     * @param index row by row, {@code y * width + x}
     */
    void accept(int index, double value);
  }

  /**
   * Hands over the floating-point numbers of a file of one channel, each as it is stored, whatever
   * the photometric interpretation.
   *
   * @param encoded the whole file
   * @throws UnreadableImageException where it has other samples or more channels, or is damaged
   */
  public static void readFloating(byte[] encoded, TiffFile file, NumberSink sink)
      throws IOException {
    if (!isFloating(file)) {
      throw new UnreadableImageException(
          Text.format(
              "It has %d channels of %s samples of %d bits.",
              file.channels(), file.format().word(), file.bits()));
    }
    int bits = file.bits();
    int width = file.width();
    new SegmentRows(encoded, file)
        .read(
            (row, order, band, x, y, columns) -> {
              ByteBuffer numbers = ByteBuffer.wrap(row).order(order);
              for (int i = 0; i < columns; i++) {
                double value =
                    switch (bits) {
                      case 16 -> Half.toFloat(numbers.getShort(2 * i));
                      case 32 -> numbers.getFloat(4 * i);
                      default -> numbers.getDouble(8 * i);
                    };
                sink.accept(y * width + x + i, value);
              }
            });
  }

  /** Whether it has one channel of floating-point numbers of 16, 32 or 64 bits. */
  public static boolean isFloating(TiffFile file) {
    int bits = file.bits();
    return file.format() == SampleFormat.FLOAT
        && file.channels() == 1
        && (bits == 16 || bits == 32 || bits == 64);
  }

  private static void unpack(byte[] row, ByteOrder order, int bits, int[] samples, int count) {
    if (bits == 8) {
      for (int i = 0; i < count; i++) {
        samples[i] = row[i] & 0xff;
      }
    } else if (bits == 16) {
      int high = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
      for (int i = 0; i < count; i++) {
        samples[i] = (row[2 * i + high] & 0xff) << 8 | (row[2 * i + 1 - high] & 0xff);
      }
    } else {
      unpackBits(row, bits, samples, count);
    }
  }

  /** Other depths are a stream of bits, highest first, whatever the order of bytes. */
  private static void unpackBits(byte[] row, int bits, int[] samples, int count) {
    int held = 0;
    int heldBits = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      while (heldBits < bits) {
        held = held << 8 | (row[at++] & 0xff);
        heldBits += 8;
      }
      heldBits -= bits;
      samples[i] = held >>> heldBits & ((1 << bits) - 1);
    }
  }
}
