package io.nightjar.bank.store;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows record by record: what {@link RowPages} writes is compared with it. */
final class RowWriteSupport extends WriteSupport<StoredRow> {
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

    // Deprecated from Parquet 1.15 on, which calls it all the same; 1.13 has no other.
    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<StoredRow> getWriteSupport(Configuration conf) {
      return new RowWriteSupport();
    }
  }

  @SuppressWarnings("deprecation") // as above
  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(RowSchema.SCHEMA, Map.of());
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
    consumer.startField(RowSchema.IMAGE, 0);
    consumer.addBinary(encodedImage);
    consumer.endField(RowSchema.IMAGE, 0);
    consumer.startField(RowSchema.ROW, 1);
    consumer.addInteger(row.cell());
    consumer.endField(RowSchema.ROW, 1);
    consumer.startField(RowSchema.VECTOR, 2);
    consumer.startGroup();
    consumer.startField(RowSchema.LIST, 0);
    for (int i = 0; i < row.dimension(); i++) {
      consumer.startGroup();
      consumer.startField(RowSchema.ELEMENT, 0);
      consumer.addFloat(row.value(i));
      consumer.endField(RowSchema.ELEMENT, 0);
      consumer.endGroup();
    }
    consumer.endField(RowSchema.LIST, 0);
    consumer.endGroup();
    consumer.endField(RowSchema.VECTOR, 2);
    consumer.endMessage();
  }
}
