package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.InflaterInputStream;

/**
 * Decompresses the strips or tiles of an image, a row at a time, from the top: no more than the
 * tiles that lie side by side have to be held to put the image's rows together, and of strips a
 * row.
 */
final class SegmentRows {
  private final byte[] encoded;
  private final TiffFile file;
  private final Segments segments;
  private final boolean separate;
  private final boolean reversed;
  private final int compression;

  /** Takes restored rows. */
  interface Sink {
    /**
     * Takes a row of a segment.
     *
     * @param row bytes of its samples, overwritten by the next row
     * @param order of the bytes of a sample
     * @param band the channel where each has its own segments, else 0
     * @param x the image's column of the first pixel
     * @param y the image's row
     * @param columns pixels of the row that lie within the image
     */
    void accept(byte[] row, ByteOrder order, int band, int x, int y, int columns)
        throws IOException;

    /** All rows of the image before this one have been handed over, of every channel. */
    default void complete(int end) throws IOException {}
  }

  SegmentRows(byte[] encoded, TiffFile file) throws IOException {
    this.encoded = encoded;
    this.file = file;
    this.segments = file.segments();
    this.separate = file.isSeparate();
    this.reversed = file.isReversed();
    this.compression = file.compression();
  }

  /**
   * Hands over every row of every segment, the segments that lie side by side before those below.
   *
   * @throws UnreadableImageException where segments are missing, outside the file or damaged
   */
  void read(Sink sink) throws IOException {
    int across = segments.across(file.width());
    int down = segments.down(file.height());
    int planes = separate ? file.channels() : 1;
    if ((long) across * down * planes > segments.offsets().length) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF is damaged: it has %d of %d strips or tiles.",
              segments.offsets().length, (long) across * down * planes));
    }
    int step = separate ? 1 : file.channels();
    Rows rows = new Rows(new byte[rowBytes(step)], Predictor.of(file, step), sink);
    for (int tier = 0; tier < down; tier++) {
      int top = tier * segments.height();
      int bottom = top + Math.min(segments.height(), file.height() - top);
      if (across == 1) {
        readStrips(tier, down, planes, top, bottom, rows);
      } else {
        for (int i = 0; i < across * planes; i++) {
          int plane = i / across;
          try (InputStream in = open((plane * down + tier) * across + i % across)) {
            for (int y = top; y < bottom; y++) {
              rows.pass(in, plane, i % across, y);
            }
          }
        }
        sink.complete(bottom);
      }
    }
  }

  /** Strips of several channels are decompressed side by side. */
  private void readStrips(int tier, int down, int planes, int top, int bottom, Rows rows)
      throws IOException {
    List<InputStream> strips = new ArrayList<>();
    try {
      for (int plane = 0; plane < planes; plane++) {
        strips.add(open(plane * down + tier));
      }
      for (int y = top; y < bottom; y++) {
        for (int plane = 0; plane < planes; plane++) {
          rows.pass(strips.get(plane), plane, 0, y);
        }
        rows.sink.complete(y + 1);
      }
    } finally {
      for (InputStream strip : strips) {
        strip.close();
      }
    }
  }

  /** Passes rows of segments to the sink, each in the same array. */
  private final class Rows {
    private final byte[] row;
    private final Predictor predictor;
    private final Sink sink;

    Rows(byte[] row, Predictor predictor, Sink sink) {
      this.row = row;
      this.predictor = predictor;
      this.sink = sink;
    }

    void pass(InputStream in, int plane, int column, int y) throws IOException {
      if (in.readNBytes(row, 0, row.length) < row.length) {
        throw new EOFException("a strip ends early");
      }
      predictor.undo(row);
      int x = column * segments.width();
      int columns = Math.min(segments.width(), file.width() - x);
      sink.accept(row, predictor.restoredOrder(), plane, x, y, columns);
    }
  }

  /** Bytes of a row of a segment; samples are packed, rows begin with a byte. */
  private int rowBytes(int samples) throws UnreadableImageException {
    double bytes = Math.ceil((double) segments.width() * samples * file.bits() / 8);
    // A damaged header must not be given memory that its file could not fill.
    double most = (double) Compression.mostPacked(compression) * encoded.length;
    if (bytes > Math.min(Integer.MAX_VALUE / 2.0, most)) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF has strips or tiles of %d pixels in a row, which is not read.",
              segments.width()));
    }
    return (int) bytes;
  }

  private InputStream open(int segment) throws IOException {
    long start = segments.offsets()[segment];
    long bytes =
        segment < segments.counts().length
            ? segments.counts()[segment]
            : encoded.length - start; // absent counts: what follows is not read
    if (start < 0 || bytes < 1 || start > encoded.length - bytes) {
      throw new EOFException("a strip lies outside the file");
    }
    InputStream raw = stored((int) start, (int) bytes);
    return switch (compression) {
      case Compression.LZW -> lzw(raw);
      case Compression.DEFLATE, Compression.OLD_DEFLATE -> new InflaterInputStream(raw);
      case Compression.PACK_BITS -> new PackBitsInputStream(raw);
      default -> raw;
    };
  }

  private InputStream stored(int start, int bytes) {
    if (!reversed) {
      return new ByteArrayInputStream(encoded, start, bytes);
    }
    byte[] turned = Arrays.copyOfRange(encoded, start, start + bytes);
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) (Integer.reverse(turned[i]) >>> 24);
    }
    return new ByteArrayInputStream(turned);
  }

  private static InputStream lzw(InputStream raw) throws IOException {
    raw.mark(2);
    if (raw.read() == 0 && (raw.read() & 1) == 1) {
      throw new UnreadableImageException(
          "The TIFF is compressed by the LZW of 1987, lowest bit first, which is not read;"
              + " save it again with a current program.");
    }
    raw.reset();
    return new LzwInputStream(raw);
  }
}
