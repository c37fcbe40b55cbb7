package io.nightjar.dataset.tiff;

import io.nightjar.io.Half;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a matrix as a TIFF of one channel of 16-bit floating point: little-endian, uncompressed,
 * in one strip, as readers of any kind understand it. Values are rounded to the nearest, ties to
 * even.
 */
public final class HalfTiffWriter {
  private static final int IMAGE_WIDTH = 256;
  private static final int IMAGE_LENGTH = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int COMPRESSION = 259;
  private static final int UNCOMPRESSED = 1;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int SAMPLE_FORMAT = 339;
  private static final int IEEE_754 = 3;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int HEADER = 8;
  private static final int ENTRIES = 10;
  private static final int ENTRY = 12;
  private static final int DATA = HEADER + 2 + ENTRIES * ENTRY + 4;

  private final OutputStream out;
  private final int height;
  private final ByteBuffer row;
  private int rows;

  /**
   * Begins a file of a matrix with at least one value.
   *
   * @param out receives the file; it is not closed
   * @param width number of columns
   * @param height number of rows
   * @throws IllegalArgumentException if the matrix is empty, or larger than a TIFF can be
   */
  public HalfTiffWriter(OutputStream out, int width, int height) throws IOException {
    long bytes = (long) Short.BYTES * width * height;
    if (width < 1 || height < 1 || bytes > Integer.MAX_VALUE - DATA) {
      throw new IllegalArgumentException(
          Text.format("A TIFF cannot have %d x %d values of 16 bits", width, height));
    }
    this.out = out;
    this.height = height;
    this.row = ByteBuffer.allocate(Short.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer head = ByteBuffer.allocate(DATA).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER);
    head.putShort((short) ENTRIES);
    entry(head, IMAGE_WIDTH, LONG, width);
    entry(head, IMAGE_LENGTH, LONG, height);
    entry(head, BITS_PER_SAMPLE, SHORT, Short.SIZE);
    entry(head, COMPRESSION, SHORT, UNCOMPRESSED);
    entry(head, PHOTOMETRIC, SHORT, TiffFile.BLACK_IS_ZERO);
    entry(head, STRIP_OFFSETS, LONG, DATA);
    entry(head, SAMPLES_PER_PIXEL, SHORT, 1);
    entry(head, ROWS_PER_STRIP, LONG, height);
    entry(head, STRIP_BYTE_COUNTS, LONG, (int) bytes);
    entry(head, SAMPLE_FORMAT, SHORT, IEEE_754);
    head.putInt(0); // there is no second image
    out.write(head.array());
  }

  private static void entry(ByteBuffer head, int tag, int type, int value) {
    head.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }

  /**
   * Writes the next row, from the top.
   *
   * @param values as many as columns; at most {@link Half#LARGEST} in size once rounded
   * @throws IllegalArgumentException if one is larger or no number, or there are enough rows
   */
  public void row(float[] values) throws IOException {
    if (rows == height || values.length != row.capacity() / Short.BYTES) {
      throw new IllegalArgumentException(
          Text.format(
              "Row %d of %d has %d values instead of %d",
              rows, height, values.length, row.capacity() / Short.BYTES));
    }
    row.clear();
    for (float value : values) {
      short half = Half.of(value);
      if (!Float.isFinite(Half.toFloat(half))) {
        throw new IllegalArgumentException(
            Text.format("The score %s is beyond 16-bit floating point", value));
      }
      row.putShort(half);
    }
    out.write(row.array());
    rows++;
  }

  /**
   * Ends the file.
   *
   * @throws IllegalArgumentException if rows are missing
   */
  public void end() throws IOException {
    if (rows < height) {
      throw new IllegalArgumentException(
          Text.format("The TIFF has %d rows, of which only %d were written", height, rows));
    }
    out.flush();
  }
}
