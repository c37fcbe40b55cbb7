package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * The columns of a file of rows, read one after the other. A page of values is copied as a whole
 * once its levels have shown that all rows have their length, which is many times as fast as
 * assembling rows value by value.
 */
final class RowColumns {
  /** So many levels may have fewer bytes than their number, where rows are empty. */
  private static final int SMALL_PAGE = 1 << 16;

  private final String name;
  private final int dimension;
  private final Blocks<int[]> cells;
  private final Blocks<float[]> values;
  private int rows;
  private int begun;
  private int length;

  /** The arrays of a file's images, which are filled one after the other. */
  private static final class Blocks<A> {
    private final List<BankManifest.Image> images;
    private final List<A> arrays;
    private int image;
    private int at;

    Blocks(List<BankManifest.Image> images, List<A> arrays) {
      this.images = images;
      this.arrays = arrays;
    }

    /** Goes to the next image that has room, whose rows are so wide; false where none has. */
    boolean hasRoom(int width) {
      while (image < images.size() && at == images.get(image).rows() * width) {
        image++;
        at = 0;
      }
      return image < images.size();
    }
  }

  private RowColumns(String name, List<BankManifest.Image> images, int dimension) {
    this.name = name;
    this.dimension = dimension;
    List<int[]> ofCells = new ArrayList<>();
    List<float[]> ofValues = new ArrayList<>();
    for (BankManifest.Image image : images) {
      ofCells.add(new int[image.rows()]);
      ofValues.add(new float[Math.multiplyExact(image.rows(), dimension)]);
    }
    cells = new Blocks<>(images, ofCells);
    values = new Blocks<>(images, ofValues);
  }

  /**
   * Reads all rows of a file.
   *
   * @param content plain Parquet, see {@link PlainParquet}, large enough for the values
   * @param images whose rows it should have, in order
   * @throws InvalidInputException if it has others
   * @throws IOException if it is not as banks are written
   */
  static List<ImageRows> read(
      byte[] content, String name, List<BankManifest.Image> images, int dimension)
      throws IOException {
    RowColumns columns = new RowColumns(name, images, dimension);
    try (ParquetFileReader file = ParquetFileReader.open(new MemoryInputFile(content, name))) {
      String creator = file.getFooter().getFileMetaData().getCreatedBy();
      for (PageReadStore group = file.readNextRowGroup();
          group != null;
          group = file.readNextRowGroup()) {
        columns.readNames(group, creator);
        columns.readValues(group.getPageReader(RowSchema.VALUES));
      }
    }
    return columns.finish(images);
  }

  private void readNames(PageReadStore group, String creator) {
    ColumnReadStoreImpl columns =
        new ColumnReadStoreImpl(group, new NoRecord(), RowSchema.SCHEMA, creator);
    ColumnReader paths = reader(columns, RowSchema.IMAGE);
    ColumnReader numbers = reader(columns, RowSchema.ROW);
    Binary last = null;
    String path = "";
    for (long row = 0; row < group.getRowCount(); row++) {
      Binary next = paths.getBinary();
      if (!next.equals(last)) {
        last = next.copy();
        path = Addresses.redacted(next.toStringUsingUTF8());
      }
      if (!cells.hasRoom(1)) {
        throw RowFiles.disagrees(name, "it has more rows");
      }
      String expected = cells.images.get(cells.image).path();
      if (!path.equals(expected)) {
        throw RowFiles.disagrees(
            name,
            Text.format(
                "it has a row of the image %s where one of the image %s is expected",
                path, expected));
      }
      cells.arrays.get(cells.image)[cells.at++] = numbers.getInteger();
      paths.consume();
      numbers.consume();
    }
    rows += Math.toIntExact(group.getRowCount());
  }

  private static ColumnReader reader(ColumnReadStoreImpl columns, String column) {
    return columns.getColumnReader(RowSchema.column(column));
  }

  private void readValues(PageReader pages) throws IOException {
    for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
      if (!(page instanceof DataPageV1 plain)
          || plain.getValueEncoding() != Encoding.PLAIN
          || plain.getRlEncoding() != Encoding.RLE
          || plain.getDlEncoding() != Encoding.RLE) {
        throw new IOException("its values are in pages of another kind than a bank's");
      }
      BytesInput input = plain.getBytes();
      ByteBuffer bytes =
          input.toInputStream().slice(Math.toIntExact(input.size())).order(ByteOrder.LITTLE_ENDIAN);
      if (plain.getValueCount() > Math.max(SMALL_PAGE, bytes.remaining())) {
        throw new IOException("a page of its values ends too early");
      }
      LevelBits starts = levels(bytes, plain.getValueCount());
      LevelBits present = levels(bytes, plain.getValueCount());
      copy(bytes.asFloatBuffer(), count(starts, present));
    }
    endRow();
    if (begun != rows) {
      throw new IOException(Text.format("it has %d rows, but the vectors of %d", rows, begun));
    }
  }

  /** One bit for each value, which come before the values of a page. */
  private static LevelBits levels(ByteBuffer bytes, int count) throws IOException {
    int size = bytes.getInt();
    if (size < 0 || size > bytes.remaining()) {
      throw new IOException("a page of its values names a wrong length");
    }
    ByteBuffer levels = bytes.slice();
    levels.limit(size);
    bytes.position(bytes.position() + size);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    return LevelBits.read(levels, count);
  }

  /** The values of a page, of which each row must have its length. */
  private int count(LevelBits starts, LevelBits present) {
    int from = 0;
    for (int start = starts.zero(0); start < starts.count(); start = starts.zero(start + 1)) {
      length += present.ones(from, start);
      endRow();
      begun++;
      length = 0;
      from = start;
    }
    length += present.ones(from, present.count());
    return present.ones(0, present.count());
  }

  private void endRow() {
    if (begun > 0 && length != dimension) {
      throw RowFiles.disagrees(
          name,
          Text.format(
              "its row %d has %d values where %d are expected", begun - 1, length, dimension));
    }
  }

  private void copy(FloatBuffer page, int count) throws IOException {
    if (count > page.remaining()) {
      throw new IOException("a page of its values ends too early");
    }
    int left = count;
    while (left > 0) {
      if (!values.hasRoom(dimension)) {
        throw RowFiles.disagrees(name, "it has more rows");
      }
      float[] into = values.arrays.get(values.image);
      int some = Math.min(left, into.length - values.at);
      page.get(into, values.at, some);
      values.at += some;
      left -= some;
    }
  }

  private List<ImageRows> finish(List<BankManifest.Image> images) {
    if (cells.hasRoom(1)) {
      throw RowFiles.disagrees(name, "it ends within the image " + images.get(cells.image).path());
    }
    List<ImageRows> all = new ArrayList<>();
    Iterator<float[]> vectors = values.arrays.iterator();
    Iterator<int[]> numbers = cells.arrays.iterator();
    for (BankManifest.Image image : images) {
      all.add(new ImageRows(image.path(), image.sha256(), numbers.next(), vectors.next()));
    }
    return all;
  }

  /**
   * Is given where Parquet asks for what assembles records, of columns that are read on their own.
   */
  private static final class NoRecord extends GroupConverter {
    private static final Converter NONE = new PrimitiveConverter() {};

    @Override
    public Converter getConverter(int field) {
      return NONE;
    }

    @Override
    public void start() {
      // No record is assembled.
    }

    @Override
    public void end() {
      // No record is assembled.
    }
  }
}
