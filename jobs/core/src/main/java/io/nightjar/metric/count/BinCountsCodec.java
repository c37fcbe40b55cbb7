package io.nightjar.metric.count;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * The compact form of {@link BinCounts}: only the pages in use, counts in variable length, runs of
 * zeros as one zero and their length.
 */
public final class BinCountsCodec {
  /** Counts of a page: of its bins' negatives and positives. */
  private static final int ENTRIES = 2 * BinCounts.PAGE_BINS;

  private BinCountsCodec() {}

  /** Writes counts in the compact form. */
  public static void write(BinCounts counts, DataOutput out) throws IOException {
    int[] indexes = counts.pageIndexes();
    writeVarint(out, counts.shift());
    writeVarint(out, indexes.length);
    for (int index : indexes) {
      writeVarint(out, index);
      writePage(counts.page(index), out);
    }
    writeVarint(out, counts.carried().size());
    for (Map.Entry<Long, Long> carried : counts.carried().entrySet()) {
      writeVarint(out, carried.getKey());
      writeVarint(out, carried.getValue());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static BinCounts read(DataInput in) throws IOException {
    BinCounts counts = new BinCounts((int) readVarint(in));
    int pages = (int) readVarint(in);
    for (int i = 0; i < pages; i++) {
      readPage(in, counts.page((int) readVarint(in)));
    }
    int carried = (int) readVarint(in);
    for (int i = 0; i < carried; i++) {
      counts.carried(readVarint(in), readVarint(in));
    }
    return counts;
  }

  private static void writePage(int[] page, DataOutput out) throws IOException {
    int at = 0;
    while (at < ENTRIES) {
      writeVarint(out, page[at]);
      if (page[at] != 0) {
        at++;
      } else {
        int start = at;
        while (at < ENTRIES && page[at] == 0) {
          at++;
        }
        writeVarint(out, at - start);
      }
    }
  }

  private static void readPage(DataInput in, int[] page) throws IOException {
    int at = 0;
    while (at < ENTRIES) {
      int count = (int) readVarint(in);
      page[at] = count;
      at += count != 0 ? 1 : (int) readVarint(in);
    }
    BinPage.markAll(page);
  }

  /** Writes numbers with runs of zeros as one zero and their length. */
  public static void writeRuns(long[] values, DataOutput out) throws IOException {
    int at = 0;
    while (at < values.length) {
      writeVarint(out, values[at]);
      if (values[at] != 0) {
        at++;
      } else {
        int start = at;
        while (at < values.length && values[at] == 0) {
          at++;
        }
        writeVarint(out, at - start);
      }
    }
  }

  /** Reads what {@link #writeRuns} wrote. */
  public static long[] readRuns(DataInput in, int length) throws IOException {
    long[] values = new long[length];
    int at = 0;
    while (at < length) {
      values[at] = readVarint(in);
      at += values[at] != 0 ? 1 : (int) readVarint(in);
    }
    return values;
  }

  /** Writes a number of at least 0, seven bits a byte, the lowest first. */
  public static void writeVarint(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /** Reads what {@link #writeVarint} wrote. */
  public static long readVarint(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("A number in a stored score histogram does not end");
  }
}
