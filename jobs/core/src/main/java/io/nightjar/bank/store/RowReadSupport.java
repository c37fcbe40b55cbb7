package io.nightjar.bank.store;

import io.nightjar.text.Text;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Reads rows from Parquet's columns into one object, refilled for each row. */
final class RowReadSupport extends ReadSupport<StoredRow> {
  /** Encodings of the values and of their levels. */
  private static final Set<String> PLAIN = Set.of("PLAIN", "RLE", "BIT_PACKED");

  private final int dimension;

  private RowReadSupport(int dimension) {
    this.dimension = dimension;
  }

  /**
   * Opens a file.
   *
   * @param dimension values that a row may have; a longer one is refused
   */
  static ParquetReader<StoredRow> open(byte[] content, String name, int dimension)
      throws IOException {
    return new Builder(new MemoryInputFile(content, name), dimension).build();
  }

  /**
   * Refuses a file that is not as banks are written: of another schema, compressed, with values
   * that are not stored one by one, or with parts outside of it. So nothing in it grows when it is
   * read.
   *
   * @throws IOException if it is no Parquet file, or another one
   */
  static void requirePlain(byte[] content, String name) throws IOException {
    try (ParquetFileReader file = ParquetFileReader.open(new MemoryInputFile(content, name))) {
      ParquetMetadata footer = file.getFooter();
      MessageType schema = footer.getFileMetaData().getSchema();
      if (!schema.equals(RowWriteSupport.SCHEMA)) {
        throw new IOException("its columns are not those of a bank");
      }
      for (BlockMetaData block : footer.getBlocks()) {
        for (ColumnChunkMetaData column : block.getColumns()) {
          requirePlain(column, content.length);
        }
      }
    }
  }

  private static void requirePlain(ColumnChunkMetaData column, long length) throws IOException {
    String path = column.getPath().toDotString();
    if (column.getCodec() != CompressionCodecName.UNCOMPRESSED) {
      throw new IOException(
          Text.format("its column %s is compressed (%s)", path, column.getCodec()));
    }
    long start = column.getStartingPos();
    if (start < 0 || column.getTotalSize() < 0 || column.getTotalSize() > length - start) {
      throw new IOException(Text.format("its column %s lies outside of the file", path));
    }
    if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT
        && !column.getEncodings().stream().map(Encoding::name).allMatch(PLAIN::contains)) {
      throw new IOException(
          Text.format("its column %s is encoded as %s", path, column.getEncodings()));
    }
  }

  private static final class Builder extends ParquetReader.Builder<StoredRow> {
    private final int dimension;

    Builder(InputFile file, int dimension) {
      super(file);
      this.dimension = dimension;
    }

    @Override
    protected ReadSupport<StoredRow> getReadSupport() {
      return new RowReadSupport(dimension);
    }
  }

  @Override
  public ReadContext init(InitContext context) {
    return new ReadContext(RowWriteSupport.SCHEMA);
  }

  @Override
  public RecordMaterializer<StoredRow> prepareForRead(
      Configuration configuration,
      Map<String, String> metadata,
      MessageType schema,
      ReadContext context) {
    StoredRow row = new StoredRow(dimension);
    GroupConverter root = new RowConverter(row);
    return new RecordMaterializer<>() {
      @Override
      public StoredRow getCurrentRecord() {
        return row;
      }

      @Override
      public GroupConverter getRootConverter() {
        return root;
      }
    };
  }

  /** A group whose fields have converters, in their order. */
  private static class Fields extends GroupConverter {
    private final Converter[] converters;

    Fields(Converter... converters) {
      this.converters = converters;
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class RowConverter extends Fields {
    private final StoredRow row;

    RowConverter(StoredRow row) {
      super(new ImageConverter(row), new CellConverter(row), vector(row));
      this.row = row;
    }

    @Override
    public void start() {
      row.clear();
    }

    private static Converter vector(StoredRow row) {
      Converter element =
          new PrimitiveConverter() {
            @Override
            public void addFloat(float value) {
              row.add(value);
            }
          };
      return new Fields(new Fields(element));
    }
  }

  private static final class ImageConverter extends PrimitiveConverter {
    private final StoredRow row;
    private Binary last;
    private String decoded;

    ImageConverter(StoredRow row) {
      this.row = row;
    }

    @Override
    public void addBinary(Binary value) {
      if (!value.equals(last)) {
        last = value.copy();
        decoded = value.toStringUsingUTF8();
      }
      row.setImage(decoded);
    }
  }

  private static final class CellConverter extends PrimitiveConverter {
    private final StoredRow row;

    CellConverter(StoredRow row) {
      this.row = row;
    }

    @Override
    public void addInt(int value) {
      row.setCell(value);
    }
  }
}
