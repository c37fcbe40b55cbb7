package io.nightjar.io.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A table as one Parquet file, compressed by Snappy, in the schema that Spark gives such columns.
 * Negative zero is stored as zero, since a filter for zero that is pushed down compares bits; the
 * values of arrays, which no filter compares, keep theirs.
 *
 * @param <R> what a row is made of
 */
public final class TableFile<R> {
  private final String name;
  private final List<TableColumn<R>> columns;

  /**
   * A file of some columns.
   *
   * @param name of the table in its schema
   */
  public TableFile(String name, List<TableColumn<R>> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  /** The schema of the file. */
  public MessageType schema() {
    Types.MessageTypeBuilder schema = Types.buildMessage();
    columns.forEach(column -> schema.addField(field(column)));
    return schema.named(name);
  }

  private static Type field(TableColumn<?> column) {
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    if (column.type() == ColumnType.FLOATS) {
      return Types.list(repetition).requiredElement(PrimitiveTypeName.FLOAT).named(column.name());
    }
    return Types.primitive(primitive(column.type()), repetition)
        .as(annotation(column.type()))
        .named(column.name());
  }

  private static PrimitiveTypeName primitive(ColumnType type) {
    return switch (type) {
      case STRING -> PrimitiveTypeName.BINARY;
      case TIMESTAMP, LONG -> PrimitiveTypeName.INT64;
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case INT -> PrimitiveTypeName.INT32;
      case FLOAT, FLOATS -> PrimitiveTypeName.FLOAT;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
    };
  }

  /** What the values mean; null where they are what they seem. */
  private static LogicalTypeAnnotation annotation(ColumnType type) {
    return switch (type) {
      case STRING -> LogicalTypeAnnotation.stringType();
      case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
      default -> null;
    };
  }

  /** The content of the file. */
  public byte[] bytes(Iterable<R> rows) {
    MemoryOutputFile out = new MemoryOutputFile();
    try {
      write(out, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return out.bytes();
  }

  /** Writes the file, in place of one that is there. Where that fails, there is none. */
  public void write(Path file, Configuration configuration, Iterable<R> rows) throws IOException {
    try {
      write(HadoopOutputFile.fromPath(file, configuration), rows);
    } catch (IOException | RuntimeException e) {
      // The writer completes it as it closes, with the rows that it got.
      try {
        file.getFileSystem(configuration).delete(file, false);
      } catch (IOException deleting) {
        e.addSuppressed(deleting);
      }
      throw e;
    }
  }

  private void write(OutputFile file, Iterable<R> rows) throws IOException {
    try (ParquetWriter<R> writer =
        new Builder(file)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (R row : rows) {
        writer.write(row);
      }
    }
  }

  private final class Builder extends ParquetWriter.Builder<R, Builder> {
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
    protected WriteSupport<R> getWriteSupport(Configuration configuration) {
      return new Rows();
    }
  }

  /** Writes the values of a row that are there, column by column. */
  private final class Rows extends WriteSupport<R> {
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
    public void write(R row) {
      consumer.startMessage();
      for (int i = 0; i < columns.size(); i++) {
        TableColumn<R> column = columns.get(i);
        Object value = column.of(row);
        if (value != null) {
          consumer.startField(column.name(), i);
          add(column.type(), value);
          consumer.endField(column.name(), i);
        }
      }
      consumer.endMessage();
    }

    private void add(ColumnType type, Object value) {
      switch (type) {
        case STRING -> consumer.addBinary(Binary.fromString((String) value));
        case TIMESTAMP ->
            consumer.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
        case BOOLEAN -> consumer.addBoolean((Boolean) value);
        case INT -> consumer.addInteger((Integer) value);
        case LONG -> consumer.addLong((Long) value);
        case FLOAT -> {
          float number = (Float) value;
          consumer.addFloat(number == 0 ? 0f : number);
        }
        case DOUBLE -> {
          double number = (Double) value;
          consumer.addDouble(number == 0 ? 0.0 : number);
        }
        case FLOATS -> addAll((float[]) value);
      }
    }

    private void addAll(float[] values) {
      consumer.startGroup();
      if (values.length > 0) {
        consumer.startField("list", 0);
        for (float value : values) {
          consumer.startGroup();
          consumer.startField("element", 0);
          consumer.addFloat(value);
          consumer.endField("element", 0);
          consumer.endGroup();
        }
        consumer.endField("list", 0);
      }
      consumer.endGroup();
    }
  }
}
