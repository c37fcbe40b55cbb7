package io.nightjar.dataset;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A mask in the form in which it is sent between processes: its bits, deflated. The masks of MVTec
 * AD take about a kilobyte each, an empty one of 900 x 900 about a hundred bytes.
 *
 * @param width of the mask, in pixels
 * @param height of the mask, in pixels
 * @param deflated its rows, each padded to whole longs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PackedMask(int width, int height, byte[] deflated) implements Serializable {
  private static final long serialVersionUID = 1L;

  static PackedMask of(int width, int height, long[] words) {
    ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, words.length));
    bits.asLongBuffer().put(words);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bits.array());
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[4096];
      while (!deflater.finished()) {
        packed.write(block, 0, deflater.deflate(block));
      }
      return new PackedMask(width, height, packed.toByteArray());
    } finally {
      deflater.end();
    }
  }

  /** The mask that was packed. */
  public Mask unpack() {
    return Mask.ofWords(width, height, this::inflate);
  }

  private void inflate(long[] words) {
    ByteBuffer bits = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, words.length));
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      while (bits.hasRemaining() && !inflater.finished()) {
        inflater.inflate(bits);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("A packed mask of this program cannot be unpacked", e);
    } finally {
      inflater.end();
    }
    bits.rewind().asLongBuffer().get(words);
  }
}
