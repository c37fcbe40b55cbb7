package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Undoes what a writer did to a row so that it compresses better (tag 317): differences to the
 * sample on the left, of TIFF 6.0 section 14, and Adobe's floating-point predictor of TIFF
 * Technical Note 3, as libtiff's {@code tif_predict.c} has them.
 *
 * @param kind 1 none, 2 differences, 3 floating point
 * @param bits of a sample
 * @param step samples from one to the next of the same channel
 */
record Predictor(int kind, int bits, int step, ByteOrder order) {
  static final int NONE = 1;
  static final int DIFFERENCES = 2;
  static final int FLOATING_POINT = 3;

  /** Refuses depths that libtiff does not know either. */
  Predictor {
    boolean whole = bits == 16 || bits == 32 || bits == 64;
    if (kind < NONE || kind > FLOATING_POINT) {
      throw new IllegalArgumentException(Text.format("There is no predictor %d", kind));
    }
    if (kind != NONE && !whole && !(bits == 8 && kind == DIFFERENCES)) {
      throw new IllegalArgumentException(
          Text.format("Predictor %d is not defined for samples of %d bits", kind, bits));
    }
  }

  /** The predictor of a file's rows. */
  static Predictor of(TiffFile file, int step) throws IOException {
    int kind = file.predictor();
    try {
      if (kind == FLOATING_POINT && file.format() != SampleFormat.FLOAT) {
        throw new UnreadableImageException(
            Text.format(
                "The TIFF is damaged: it has the predictor of floating-point numbers, but its samples are %s.",
                file.format().word()));
      }
      return new Predictor(kind, file.bits(), step, file.order());
    } catch (IllegalArgumentException e) {
      throw new UnreadableImageException(
          Text.format("The TIFF is damaged: %s.", e.getMessage()), e);
    }
  }

  /** The order of the bytes of a restored row. */
  ByteOrder restoredOrder() {
    return kind == FLOATING_POINT ? ByteOrder.BIG_ENDIAN : order;
  }

  /** Restores a row in place. */
  void undo(byte[] row) {
    switch (kind) {
      case DIFFERENCES -> addLeft(row);
      case FLOATING_POINT -> interleave(row);
      default -> {}
    }
  }

  private void addLeft(byte[] row) {
    ByteBuffer samples = ByteBuffer.wrap(row).order(order);
    int count = row.length / (bits / 8);
    for (int i = step; i < count; i++) {
      int left = i - step;
      switch (bits) {
        case 8 -> row[i] += row[left];
        case 16 ->
            samples.putShort(2 * i, (short) (samples.getShort(2 * i) + samples.getShort(2 * left)));
        case 32 -> samples.putInt(4 * i, samples.getInt(4 * i) + samples.getInt(4 * left));
        default -> samples.putLong(8 * i, samples.getLong(8 * i) + samples.getLong(8 * left));
      }
    }
  }

  /** The row has all highest bytes first, then all second ones: differences of bytes. */
  private void interleave(byte[] row) {
    for (int i = step; i < row.length; i++) {
      row[i] += row[i - step];
    }
    byte[] planes = row.clone();
    int width = bits / 8;
    int count = row.length / width;
    for (int i = 0; i < count; i++) {
      for (int plane = 0; plane < width; plane++) {
        row[i * width + plane] = planes[plane * count + i];
      }
    }
  }
}
