package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.io.parquet.MemoryOutputFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parquet's own reader and writer of records are the reference. */
class RowPagesTest {

  /** The last sizes fill pages of 1 MiB to the last row, by one row less, and by one more. */
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1, 7",
    "3, 1",
    "9, 8",
    "784, 1",
    "5, 164",
    "784, 164",
    "2, 300000",
    "256, 1024",
    "255, 1024",
    "257, 1024",
    "300000, 1"
  })
  void recordsAreThoseOfParquetsOwnWriter(int rows, int dimension) throws IOException {
    List<ImageRows> images = images(rows, dimension);

    byte[] pages = RowPages.encode(images, dimension);

    List<String> expected = records(byRecord(images, dimension));
    assertThat(records(pages)).isEqualTo(expected).hasSize(rows);
  }

  @Test
  void statisticsOfNamesAndPatchesAreThoseOfParquetsOwnWriter() throws IOException {
    List<ImageRows> images = images(50, 3);

    List<ColumnChunkMetaData> pages = columns(RowPages.encode(images, 3));

    List<ColumnChunkMetaData> expected = columns(byRecord(images, 3));
    for (int column = 0; column < 2; column++) {
      assertThat(pages.get(column).getStatistics()).isEqualTo(expected.get(column).getStatistics());
    }
    assertThat(pages.get(2).getStatistics().hasNonNullValue()).isFalse();
  }

  @Test
  void imagesWithoutRowsLeaveNone() throws IOException {
    ImageRows none = new ImageRows("none.png", "00", new int[0], new float[0]);

    assertThat(records(RowPages.encode(List.of(none), 5))).isEmpty();
    assertThat(records(RowPages.encode(List.of(none, images(2, 5).get(0), none), 5))).isNotEmpty();
  }

  @Test
  void anImageWithAnotherNumberOfValuesIsRefused() {
    ImageRows image = new ImageRows("a.png", "00", new int[2], new float[9]);

    assertThatThrownBy(() -> RowPages.encode(List.of(image), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9 values of the image a.png are not 2 rows of 5");
  }

  /** Three images, of which the first is named again behind the others. */
  private static List<ImageRows> images(int rows, int dimension) {
    Random random = new Random(rows);
    List<ImageRows> images = new ArrayList<>();
    int left = rows;
    for (int i = 0; left > 0; i++) {
      int own = i == 3 ? left : Math.min(left, (rows + 3) / 4);
      float[] values = new float[own * dimension];
      for (int at = 0; at < values.length; at++) {
        values[at] = Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
      }
      int[] cells = random.ints(own, 0, 784).toArray();
      images.add(new ImageRows("ü" + i % 3 + ".png", "0" + i, cells, values));
      left -= own;
    }
    return images;
  }

  private static byte[] byRecord(List<ImageRows> images, int dimension) throws IOException {
    MemoryOutputFile out = new MemoryOutputFile();
    try (ParquetWriter<StoredRow> writer =
        new RowWriteSupport.Builder(out)
            .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
            .build()) {
      StoredRow row = new StoredRow(dimension);
      for (ImageRows image : images) {
        for (int i = 0; i < image.rows(); i++) {
          row.set(image.path(), image.cells()[i], image.values(), i * dimension);
          writer.write(row);
        }
      }
    }
    return out.bytes();
  }

  /** Each record as text, in which floats differ where their bits do. */
  private static List<String> records(byte[] file) throws IOException {
    List<String> records = new ArrayList<>();
    try (ParquetFileReader reader = ParquetFileReader.open(new MemoryInputFile(file, "test"))) {
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        RecordReader<Group> rows =
            new ColumnIOFactory()
                .getColumnIO(RowSchema.SCHEMA)
                .getRecordReader(group, new GroupRecordConverter(RowSchema.SCHEMA));
        for (long row = 0; row < group.getRowCount(); row++) {
          records.add(described(rows.read()));
        }
      }
    }
    return records;
  }

  private static String described(Group row) {
    Group vector = row.getGroup(RowSchema.VECTOR, 0);
    int length = vector.getFieldRepetitionCount(RowSchema.LIST);
    int hash = 0;
    for (int i = 0; i < length; i++) {
      float value = vector.getGroup(RowSchema.LIST, i).getFloat(RowSchema.ELEMENT, 0);
      hash = 31 * hash + Float.floatToRawIntBits(value);
    }
    return String.join(
        " ",
        row.getString(RowSchema.IMAGE, 0),
        Integer.toString(row.getInteger(RowSchema.ROW, 0)),
        Integer.toString(length),
        Integer.toString(hash));
  }

  private static List<ColumnChunkMetaData> columns(byte[] file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new MemoryInputFile(file, "test"))) {
      return reader.getFooter().getBlocks().get(0).getColumns();
    }
  }
}
