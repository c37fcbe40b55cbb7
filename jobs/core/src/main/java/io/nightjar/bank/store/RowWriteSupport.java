package io.nightjar.bank.store;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Writes rows as Parquet's columns, without boxing any number. */
final class RowWriteSupport extends WriteSupport<StoredRow> {
  static final String IMAGE = "image_id";
  static final String ROW = "row";
  static final String VECTOR = "vector";
  static final String LIST = "list";
  static final String ELEMENT = "element";

  static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(IMAGE)
          .required(PrimitiveTypeName.INT32)
          .named(ROW)
          .requiredList()
          .requiredElement(PrimitiveTypeName.FLOAT)
          .named(VECTOR)
          .named("nightjar_bank");

  private RecordConsumer consumer;
  private String image;
  private Binary encodedImage;

  /** Writers of rows. */
  static final class Builder extends ParquetWriter.Builder<StoredRow, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<StoredRow> getWriteSupport(Configuration conf) {
      return new RowWriteSupport();
    }
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(StoredRow row) {
    if (!row.image().equals(image)) {
      image = row.image();
      encodedImage = Binary.fromString(image);
    }
    consumer.startMessage();
    consumer.startField(IMAGE, 0);
    consumer.addBinary(encodedImage);
    consumer.endField(IMAGE, 0);
    consumer.startField(ROW, 1);
    consumer.addInteger(row.cell());
    consumer.endField(ROW, 1);
    consumer.startField(VECTOR, 2);
    consumer.startGroup();
    consumer.startField(LIST, 0);
    for (int i = 0; i < row.dimension(); i++) {
      consumer.startGroup();
      consumer.startField(ELEMENT, 0);
      consumer.addFloat(row.value(i));
      consumer.endField(ELEMENT, 0);
      consumer.endGroup();
    }
    consumer.endField(LIST, 0);
    consumer.endGroup();
    consumer.endField(VECTOR, 2);
    consumer.endMessage();
  }
}
