package io.nightjar.report.history.output;

import io.nightjar.io.parquet.MemoryOutputFile;
import io.nightjar.report.history.output.HistoryColumns.CategoryRow;
import io.nightjar.report.history.output.HistoryColumns.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The table of a history as one Parquet file. */
public final class HistoryParquet {
  private static final List<Column> COLUMNS = HistoryColumns.columns();

  private HistoryParquet() {}

  /** The schema of the file. */
  public static MessageType schema() {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    COLUMNS.forEach(column -> schema.addField(field(column)));
    return schema.named("nightjar_history");
  }

  private static PrimitiveType field(Column column) {
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (column.type()) {
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(column.name());
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(column.name());
      case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(column.name());
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column.name());
    };
  }

  /** The content of the file. */
  public static byte[] write(Stream<CategoryRow> rows) {
    MemoryOutputFile out = new MemoryOutputFile();
    try (ParquetWriter<CategoryRow> writer =
        new Builder(out).withCompressionCodec(CompressionCodecName.SNAPPY).build()) {
      for (CategoryRow row : (Iterable<CategoryRow>) rows::iterator) {
        writer.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return out.bytes();
  }

  private static final class Builder extends ParquetWriter.Builder<CategoryRow, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    // Deprecated from Parquet 1.15 on, which calls it all the same; 1.13 has no other.
    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<CategoryRow> getWriteSupport(Configuration configuration) {
      return new Rows();
    }
  }

  /** Writes the values of a row that are there, column by column. */
  private static final class Rows extends WriteSupport<CategoryRow> {
    private RecordConsumer consumer;

    @SuppressWarnings("deprecation") // as above
    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(CategoryRow row) {
      consumer.startMessage();
      for (int i = 0; i < COLUMNS.size(); i++) {
        Column column = COLUMNS.get(i);
        Object value = column.of(row);
        if (value != null) {
          consumer.startField(column.name(), i);
          add(column.type(), value);
          consumer.endField(column.name(), i);
        }
      }
      consumer.endMessage();
    }

    private void add(HistoryColumns.Type type, Object value) {
      switch (type) {
        case STRING -> consumer.addBinary(Binary.fromString((String) value));
        case TIMESTAMP ->
            consumer.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        case INT -> consumer.addInteger((Integer) value);
        case LONG -> consumer.addLong((Long) value);
        case DOUBLE -> consumer.addDouble((Double) value);
      }
    }
  }
}
