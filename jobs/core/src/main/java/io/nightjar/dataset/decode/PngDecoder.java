package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.RgbRows;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG (ISO/IEC 15948): every depth, kind of colour and interlacing. It replaces ImageIO
 * because it is strict (a wrong checksum or missing data is an error), allocates no memory that the
 * file cannot fill, and takes about half of the time.
 */
public final class PngDecoder {
  private static final int IDAT = 0x49444154;
  private static final int PLTE = 0x504c5445;
  private static final int IEND = 0x49454e44;

  /** Deflate compresses at most this many bytes into one. */
  private static final long MOST_PACKED = 1032;

  /** Encoders write chunks of 8 KB and more; smaller ones cost more memory than they hold. */
  private static final int MOST_CHUNKS = 1_000_000;

  /**
   * Rows are decompressed together up to this size; one by one, each costs a call and a slow tail.
   */
  private static final int STRIP_BYTES = 1 << 17;

  /** Larger images are decompressed in strips: at once they would take twice their size. */
  private static final int MOST_AT_ONCE = 1 << 26;

  /** Column and row of the first pixel of each pass of Adam7, and the steps to the next ones. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final ByteBuffer file;
  private final PngHeader header;
  private final List<ByteBuffer> packed = new ArrayList<>();
  private byte[] palette = {};

  private PngDecoder(byte[] file, PngHeader header) {
    this.file = ByteBuffer.wrap(file);
    this.header = header;
  }

  static RgbImage decode(byte[] file, PngHeader header, WhiteLevel white) throws IOException {
    PngDecoder decoder = new PngDecoder(file, header);
    decoder.readChunks();
    decoder.checkPlausible();
    byte[] pixels = new byte[Math.multiplyExact(3 * header.width(), header.height())];
    PngSamples samples = new PngSamples(header, decoder.palette, white);
    decoder.unpack(
        (rows, row, columns, first, step) ->
            samples.toRgb(rows, row, columns, pixels, 3 * first, 3 * step));
    return new RgbImage(header.width(), header.height(), pixels);
  }

  /** Hands out the rows of an image that is not interlaced, as they are decompressed. */
  static void rows(byte[] file, PngHeader header, WhiteLevel white, RgbRows rows)
      throws IOException {
    PngDecoder decoder = new PngDecoder(file, header);
    decoder.readChunks();
    decoder.checkPlausible();
    PngSamples samples = new PngSamples(header, decoder.palette, white);
    byte[] rgb = new byte[Math.multiplyExact(3, header.width())];
    decoder.unpack(
        (packed, row, columns, first, step) -> {
          boolean isValid = samples.toRgb(packed, row, columns, rgb, 0, 3);
          if (isValid) {
            rows.accept(first / header.width(), rgb);
          }
          return isValid;
        });
  }

  /** The stored values of a grey image, row by row. */
  public static float[] grey(byte[] file, PngHeader header) throws IOException {
    PngDecoder decoder = new PngDecoder(file, header);
    decoder.readChunks();
    decoder.checkPlausible();
    float[] values = new float[Math.multiplyExact(header.width(), header.height())];
    PngSamples samples = new PngSamples(header, decoder.palette, WhiteLevel.FULL);
    decoder.unpack(
        (rows, row, columns, first, step) -> {
          samples.toGrey(rows, row, columns, values, first, step);
          return true;
        });
    return values;
  }

  /** The stored samples without alpha. */
  static StoredImage stored(byte[] file, PngHeader header) throws IOException {
    PngDecoder decoder = new PngDecoder(file, header);
    decoder.readChunks();
    decoder.checkPlausible();
    int colours = header.channels() < 3 ? 1 : 3;
    char[] values = new char[Math.multiplyExact(colours * header.width(), header.height())];
    PngSamples samples = new PngSamples(header, decoder.palette, WhiteLevel.FULL);
    decoder.unpack(
        (rows, row, columns, first, step) ->
            samples.toStored(rows, row, columns, values, first, step));
    byte[] palette = header.type() == PngHeader.PALETTE ? decoder.palette : new byte[0];
    return new StoredImage(header.width(), header.height(), header.depth(), values, palette);
  }

  /** The largest sample of the colours or of the palette's indices, as it is stored. */
  static int largest(byte[] file, PngHeader header) throws IOException {
    PngDecoder decoder = new PngDecoder(file, header);
    decoder.readChunks();
    decoder.checkPlausible();
    char[] values = new char[Math.multiplyExact(header.channels() < 3 ? 1 : 3, header.width())];
    PngSamples samples = new PngSamples(header, decoder.palette, WhiteLevel.FULL);
    int[] largest = {0};
    decoder.unpack(
        (rows, row, columns, first, step) -> {
          boolean isValid = samples.toStored(rows, row, columns, values, 0, 1);
          for (char value : values) {
            largest[0] = Math.max(largest[0], value);
          }
          return isValid;
        });
    return largest[0];
  }

  /** Takes restored rows; {@code first} and {@code step} count pixels of the whole image. */
  private interface RowSink {
    boolean accept(byte[] rows, int row, int columns, int first, int step);
  }

  private void readChunks() throws IOException {
    file.position(PngHeader.SIGNATURE_BYTES);
    int type;
    do {
      if (file.remaining() < 12) {
        throw truncated();
      }
      int length = file.getInt();
      if (length < 0 || length > file.remaining() - 8) {
        throw truncated();
      }
      CRC32 crc = new CRC32();
      crc.update(file.slice(file.position(), 4 + length));
      type = file.getInt();
      ByteBuffer content = file.slice(file.position(), length);
      file.position(file.position() + length);
      if (file.getInt() != (int) crc.getValue()) {
        throw damaged("a checksum does not match");
      }
      if (type == IDAT && length > 0) {
        if (packed.size() == MOST_CHUNKS) {
          throw damaged(Text.format("its data is in more than %d chunks", MOST_CHUNKS));
        }
        packed.add(content);
      } else if (type == PLTE) {
        palette = new byte[length];
        content.get(palette);
      }
    } while (type != IEND);
  }

  /** Keeps a small file whose header claims a large size from being given memory for it. */
  private void checkPlausible() throws IOException {
    long bytes = packed.stream().mapToLong(ByteBuffer::remaining).sum();
    if ((long) header.rowBytes(header.width()) * header.height() > MOST_PACKED * bytes) {
      throw damaged("it holds less data than its size in the header needs");
    }
  }

  private void unpack(RowSink sink) throws IOException {
    if (!header.interlaced() && unpackAtOnce(sink)) {
      return;
    }
    Inflater inflater = new Inflater();
    try {
      for (int[] pass : header.interlaced() ? ADAM7 : ONE_PASS) {
        int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
        if (columns > 0) {
          unpack(pass, columns, inflater, sink);
        }
      }
      finish(inflater);
    } catch (DataFormatException e) {
      throw new UnreadableImageException("The PNG is damaged: its data cannot be decompressed.", e);
    } finally {
      inflater.end();
    }
  }

  /** The fast path for valid files of usual size; what it declines is decompressed in strips. */
  private boolean unpackAtOnce(RowSink sink) throws IOException {
    int length = 1 + header.rowBytes(header.width());
    if (!FastInflate.available() || (long) length * header.height() > MOST_AT_ONCE) {
      return false;
    }
    byte[] stream = new byte[packed.stream().mapToInt(ByteBuffer::remaining).sum()];
    ByteBuffer joined = ByteBuffer.wrap(stream);
    packed.forEach(part -> joined.put(part.duplicate()));
    byte[] rows = new byte[(1 + header.height()) * length];
    if (!FastInflate.unpack(stream, rows, length, header.height() * length)) {
      return false;
    }
    restore(rows, length, 0, header.height(), ONE_PASS[0], header.width(), sink);
    return true;
  }

  private void unpack(int[] pass, int columns, Inflater inflater, RowSink sink)
      throws IOException, DataFormatException {
    int length = 1 + header.rowBytes(columns);
    int height = (header.height() - pass[1] + pass[3] - 1) / pass[3];
    int rowsAtOnce = Math.max(1, Math.min(height, STRIP_BYTES / length));
    // The restored row above the strip, then the strip.
    byte[] rows = new byte[Math.multiplyExact(1 + rowsAtOnce, length)];
    for (int done = 0; done < height; done += rowsAtOnce) {
      int count = Math.min(rowsAtOnce, height - done);
      inflate(inflater, rows, length, count * length);
      restore(rows, length, done, count, pass, columns, sink);
      System.arraycopy(rows, count * length, rows, 0, length);
    }
  }

  /** Undoes the filters of {@code count} rows of a pass, below the row above them. */
  private void restore(
      byte[] rows, int length, int done, int count, int[] pass, int columns, RowSink sink)
      throws IOException {
    for (int i = 1; i <= count; i++) {
      int row = i * length;
      if (!PngFilter.undo(rows, row, row - length, length, header.pixelBytes())) {
        throw damaged("a row has a filter type that does not exist");
      }
      int y = pass[1] + (done + i - 1) * pass[3];
      if (!sink.accept(rows, row, columns, y * header.width() + pass[0], pass[2])) {
        throw damaged("a pixel has a colour index that its palette lacks");
      }
    }
  }

  private void inflate(Inflater inflater, byte[] into, int from, int length)
      throws IOException, DataFormatException {
    int filled = 0;
    while (filled < length) {
      int n = inflater.inflate(into, from + filled, length - filled);
      filled += n;
      if (n == 0 && (inflater.finished() || !feed(inflater))) {
        throw damaged("it holds less data than its size in the header needs");
      }
    }
  }

  /** Reads to the end of the compressed data, where its checksum is compared. */
  private void finish(Inflater inflater) throws DataFormatException {
    byte[] beyond = new byte[1];
    while (!inflater.finished()) {
      int n = inflater.inflate(beyond);
      if (n > 0 || (!inflater.finished() && !feed(inflater))) {
        return;
      }
    }
  }

  private boolean feed(Inflater inflater) {
    if (!inflater.needsInput() || packed.isEmpty()) {
      return false;
    }
    inflater.setInput(packed.remove(0));
    return true;
  }

  private static UnreadableImageException truncated() {
    return new UnreadableImageException("The PNG is truncated: it ends before its last part.");
  }

  private static UnreadableImageException damaged(String how) {
    return new UnreadableImageException(Text.format("The PNG is damaged: %s.", how));
  }
}
