package io.nightjar.bank.store;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Reads rows from Parquet's columns into one object, refilled for each row. */
final class RowReadSupport extends ReadSupport<StoredRow> {

  static ParquetReader<StoredRow> open(byte[] content, String name) throws IOException {
    return new Builder(new MemoryInputFile(content, name)).build();
  }

  private static final class Builder extends ParquetReader.Builder<StoredRow> {
    Builder(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<StoredRow> getReadSupport() {
      return new RowReadSupport();
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
    StoredRow row = new StoredRow(0);
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
