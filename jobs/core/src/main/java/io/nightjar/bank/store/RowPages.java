package io.nightjar.bank.store;

import io.nightjar.io.parquet.MemoryOutputFile;
import io.nightjar.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;

/**
 * Writes a file of rows page by page: the values of many rows are copied at once, and their levels,
 * which are alike in all rows, are repeated. Records that are taken apart value by value give the
 * same columns and take many times as long.
 */
@SuppressWarnings("ByteBufferBackingArray") // all buffers are allocated here
final class RowPages {
  /** What readers hold of one column at a time. */
  private static final int PAGE_BYTES = 1 << 20;

  private final List<ImageRows> images;
  private final int dimension;
  private final int rows;
  private final ParquetFileWriter file;

  private RowPages(List<ImageRows> images, int dimension, ParquetFileWriter file) {
    this.images = images;
    this.dimension = dimension;
    this.rows = images.stream().mapToInt(ImageRows::rows).reduce(0, Math::addExact);
    this.file = file;
  }

  /**
   * The bytes of a file.
   *
   * @param dimension of every row, at least 1
   * @throws IllegalArgumentException if an image has another number of values than of its rows
   */
  static byte[] encode(List<ImageRows> images, int dimension) throws IOException {
    long values = 0;
    for (ImageRows image : images) {
      if (image.values().length != image.rows() * dimension) {
        throw new IllegalArgumentException(
            Text.format(
                "%d values of the image %s are not %d rows of %d",
                image.values().length, image.path(), image.rows(), dimension));
      }
      values += image.values().length;
    }
    MemoryOutputFile out =
        new MemoryOutputFile(Math.toIntExact(PAGE_BYTES + values * (Float.BYTES + 1)));
    ParquetFileWriter file =
        new ParquetFileWriter(
            out,
            RowSchema.SCHEMA,
            ParquetFileWriter.Mode.CREATE,
            ParquetWriter.DEFAULT_BLOCK_SIZE,
            ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
    RowPages pages = new RowPages(images, dimension, file);
    if (pages.rows > 0) {
      file.startBlock(pages.rows);
      pages.writeNames();
      pages.writeCells();
      pages.writeValues();
      file.endBlock();
    }
    // It closes the file, which is memory.
    file.end(Map.of());
    return out.bytes();
  }

  /** The images' paths, each once, and the number of its own for each row. */
  private void writeNames() throws IOException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    images.forEach(image -> numbers.putIfAbsent(image.path(), numbers.size()));
    ColumnDescriptor column = RowSchema.column(RowSchema.IMAGE);
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    List<BytesInput> names = new ArrayList<>();
    for (String path : numbers.keySet()) {
      byte[] name = path.getBytes(StandardCharsets.UTF_8);
      names.add(
          BytesInput.concat(BytesInput.from(littleEndian(name.length)), BytesInput.from(name)));
      statistics.updateStats(Binary.fromConstantByteArray(name));
    }
    file.startColumn(column, rows, CompressionCodecName.UNCOMPRESSED);
    file.writeDictionaryPage(
        new DictionaryPage(BytesInput.concat(names), numbers.size(), Encoding.PLAIN));
    writePage(rows, rows, numbersOfRows(numbers), statistics, Encoding.RLE_DICTIONARY);
    file.endColumn();
  }

  private BytesInput numbersOfRows(Map<String, Integer> numbers) throws IOException {
    int bits = BytesUtils.getWidthFromMaxInt(numbers.size() - 1);
    RunLengthBitPackingHybridEncoder ofRows =
        new RunLengthBitPackingHybridEncoder(
            bits, 1 << 10, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
    for (ImageRows image : images) {
      int number = numbers.get(image.path());
      for (int row = 0; row < image.rows(); row++) {
        ofRows.writeInt(number);
      }
    }
    byte[] encoded = bytes(ofRows.toBytes());
    ofRows.close();
    return BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), BytesInput.from(encoded));
  }

  private static byte[] littleEndian(int value) {
    return buffer(Integer.BYTES).putInt(value).array();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The patch of each row. */
  private void writeCells() throws IOException {
    ColumnDescriptor column = RowSchema.column(RowSchema.ROW);
    file.startColumn(column, rows, CompressionCodecName.UNCOMPRESSED);
    int atOnce = Math.min(rows, PAGE_BYTES / Integer.BYTES);
    ByteBuffer page = buffer(atOnce * Integer.BYTES);
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    for (ImageRows image : images) {
      for (int cell : image.cells()) {
        page.putInt(cell);
        statistics.updateStats(cell);
        if (!page.hasRemaining()) {
          writeCells(page, statistics);
          statistics = Statistics.createStats(column.getPrimitiveType());
        }
      }
    }
    if (page.position() > 0) {
      writeCells(page, statistics);
    }
    file.endColumn();
  }

  private void writeCells(ByteBuffer page, Statistics<?> statistics) throws IOException {
    int count = page.position() / Integer.BYTES;
    writePage(
        count,
        count,
        BytesInput.from(page.array(), 0, page.position()),
        statistics,
        Encoding.PLAIN);
    page.clear();
  }

  private void writeValues() throws IOException {
    file.startColumn(
        RowSchema.VALUES,
        Math.multiplyExact((long) rows, dimension),
        CompressionCodecName.UNCOMPRESSED);
    int atOnce = Math.min(rows, Math.max(1, PAGE_BYTES / Float.BYTES / dimension));
    ByteBuffer page = buffer(Math.multiplyExact(atOnce * dimension, Float.BYTES));
    BytesInput levels = levels(atOnce);
    for (ImageRows image : images) {
      for (int row = 0; row < image.rows(); ) {
        int some = Math.min(image.rows() - row, page.remaining() / Float.BYTES / dimension);
        page.asFloatBuffer().put(image.values(), row * dimension, some * dimension);
        page.position(page.position() + some * dimension * Float.BYTES);
        row += some;
        if (!page.hasRemaining()) {
          writeValues(page, atOnce, levels);
        }
      }
    }
    if (page.position() > 0) {
      int last = page.position() / Float.BYTES / dimension;
      writeValues(page, last, levels(last));
    }
    file.endColumn();
  }

  private void writeValues(ByteBuffer page, int count, BytesInput levels) throws IOException {
    writePage(
        Math.multiplyExact(count, dimension),
        count,
        BytesInput.concat(levels, BytesInput.from(page.array(), 0, page.position())),
        Statistics.createStats(RowSchema.VALUES.getPrimitiveType()),
        Encoding.PLAIN);
    page.clear();
  }

  /**
   * What comes before the values of so many rows, in runs of equal levels: 0 where a row starts and
   * 1 for its other values, then 1 for all values, which are there; each with the number of its
   * bytes.
   */
  private BytesInput levels(int count) throws IOException {
    byte[] start = bytes(run(1, 0));
    byte[] others = dimension == 1 ? new byte[0] : bytes(run(dimension - 1, 1));
    ByteBuffer starts = buffer(Math.multiplyExact(count, start.length + others.length));
    for (int row = 0; row < count; row++) {
      starts.put(start).put(others);
    }
    return BytesInput.concat(
        prefixed(BytesInput.from(starts.array())),
        prefixed(run(Math.multiplyExact(count, dimension), 1)));
  }

  private static BytesInput run(int length, int level) {
    return BytesInput.concat(
        BytesInput.fromUnsignedVarInt(length << 1), BytesInput.from(new byte[] {(byte) level}));
  }

  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private static BytesInput prefixed(BytesInput levels) {
    return BytesInput.concat(BytesInput.from(littleEndian(Math.toIntExact(levels.size()))), levels);
  }

  private void writePage(
      int values, int ofRows, BytesInput bytes, Statistics<?> statistics, Encoding encoding)
      throws IOException {
    file.writeDataPage(
        values,
        Math.toIntExact(bytes.size()),
        bytes,
        statistics,
        ofRows,
        Encoding.RLE,
        Encoding.RLE,
        encoding);
  }
}
