package io.nightjar.bank.store;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** The columns of a file of rows. */
final class RowSchema {
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

  /** The column of a vector's values. */
  static final ColumnDescriptor VALUES = column(VECTOR, LIST, ELEMENT);

  private RowSchema() {}

  /** A column by its path. */
  static ColumnDescriptor column(String... path) {
    return SCHEMA.getColumnDescription(path);
  }
}
